package io.sluice.e2e.nemesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Rows that say that something is still to be done, and what clients are told of that. */
final class RowsChecked {

    private static final Map<String, List<String>> SCHEMAS = schemas();

    private final Stage stage;

    RowsChecked(Stage stage) {
        this.stage = stage;
    }

    private static Map<String, List<String>> schemas() {
        Map<String, List<String>> schemas = new LinkedHashMap<>();
        schemas.put("scanner", List.of("outbox", "deferred_message"));
        schemas.put(
                "library",
                List.of(
                        "outbox",
                        "deferred_message",
                        "work",
                        "import_job WHERE state IN ('queued', 'running')",
                        "import_job_lease",
                        "file_location WHERE standing NOT IN (0, 1)"));
        schemas.put("media", List.of("outbox", "deferred_message", "work", "running_stream"));
        return schemas;
    }

    List<String> none() throws SQLException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> schema : SCHEMAS.entrySet()) {
            try (Connection connection = stage.stack().mariaDb().connect(schema.getKey());
                    Statement statement = connection.createStatement()) {
                for (String rows : schema.getValue()) {
                    try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + rows)) {
                        count.next();
                        if (count.getLong(1) > 0) {
                            wrong.add(count.getLong(1) + " rows in " + schema.getKey() + "." + rows
                                    + (rows.equals("work") ? ": " + works(statement) : ""));
                        }
                    }
                }
            }
        }
        return wrong;
    }

    private static List<String> works(Statement statement) throws SQLException {
        List<String> works = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT work_class, work_key, state, attempts, failed, vanished,"
                + " interrupted, lease_owner, lease_until, due_at, released_at, error_code, error FROM work LIMIT 3")) {
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.append(rows.getMetaData().getColumnName(column))
                            .append('=')
                            .append(rows.getString(column))
                            .append(' ');
                }
                works.add(row.toString().strip());
            }
        }
        return works;
    }

    List<String> lag() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode group : stage.client().get("/api/v1/pipeline/lag").get("groups")) {
            if (!group.get("state").asText().equals("ok")
                    || group.get("messages").asLong(-1) != 0) {
                wrong.add(group.get("group").asText() + " of "
                        + group.get("topic").asText() + " is "
                        + group.get("state").asText() + " with " + group.get("messages") + " messages: "
                        + group.get("reason").asText());
            }
        }
        return FilesChecked.few(wrong);
    }

    List<String> deadLetters() {
        return FilesChecked.few(
                stage.client().deadLetters().stream().map(JsonNode::toString).toList());
    }
}
