package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.e2e.RepeatedCommands.Answer;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.demo.BundleWriter;

/**
 * More than 1,000 commands, each key several times at once through two gateways, while the owners of their effects and a
 * gateway are killed and started again: one effect a key. A failure names its seed; {@code -Dsluice.seed=N} runs it again.
 */
class CommandsSystemTest {

    private static final int TIMES = 5;
    private static final int SCANS = 45;
    private static final int IMPORTS = 50;
    private static final int PREFLIGHTS = 35;
    private static final int REDOS = 35;
    private static final int LETTERS = 30;
    private static final int API_KEYS = 10;
    private static final int PAUSES = 10;
    private static final int FILES = 4;
    private static final UUID IMPORTED = UUID.fromString("5f1d7c34-0e51-4f5a-9b36-6d1f0f6a2c11");
    private static final UUID PREFLIGHTED = UUID.fromString("5f1d7c34-0e51-4f5a-9b36-6d1f0f6a2c12");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final long seed = Long.getLong("sluice.seed", 20261121);
    private LocalStack stack;
    private SluiceClient client;
    private RepeatedCommands commands;

    @Test
    void aCommandThatIsSentAgainUnderKillsHasOneEffect() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        new Pictures(pictures, seed).write(FILES);
        Path mount = Files.createDirectories(folder.resolve("handover"));
        BundleWriter.of(IMPORTED).title("Imported").photos(2).withoutSources().write(mount);
        BundleWriter.of(PREFLIGHTED)
                .title("Looked at")
                .photos(2)
                .withoutSources()
                .write(mount);
        try (LocalStack running = LocalStack.builder(folder.resolve("stack"))
                .library("pictures", pictures)
                .handover("upstream", mount)
                .instances("gateway", 2)
                .setting("gateway", "sluice.rate-limit.commands-per-second", "10000")
                .setting("gateway", "sluice.rate-limit.command-burst", "10000")
                .setting("gateway", "sluice.rate-limit.requests-per-second", "10000")
                .start()) {
            stack = running;
            client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            commands = new RepeatedCommands(
                    List.of(
                            stack.service("gateway", 0).url(),
                            stack.service("gateway", 1).url()),
                    stack.operatorKey());
            Batch imported = new Batch(client, IMPORTED);
            imported.awaitState("discovered");
            imported.queue();
            imported.awaitState("imported", PATIENCE);
            new Batch(client, PREFLIGHTED).awaitState("discovered");
            everyKeyHasOneEffect();
        }
    }

    private void everyKeyHasOneEffect() throws Exception {
        long jobsBefore = number("library", "SELECT COUNT(*) FROM import_job");
        long preflightsBefore = new Batch(client, PREFLIGHTED).events("preflight");
        List<String> letters = letters();
        String library = client.libraries().stream()
                .filter(each -> each.get("name").asText().equals("pictures"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
        String hash = pictureWithThumbnail();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService roads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> kills = roads.submit(() -> KillInTurns.until(
                    over,
                    seed,
                    List.of(stack.service("ingest"), stack.service("scanner")),
                    List.of(stack.service("media"), stack.service("gateway", 1))));
            List<Future<Integer>> running = List.of(
                    roads.submit(() -> operations(
                            "scan", SCANS, "/api/v1/libraries/" + library + "/scans", "{\"kind\":\"quick\"}")),
                    roads.submit(() -> imports(jobsBefore)),
                    roads.submit(() -> preflightsAre(preflightsBefore)),
                    roads.submit(() ->
                            operations("redo", REDOS, "/api/v1/assets/" + hash + "/renditions/thumbnail/redo", "")),
                    roads.submit(() -> letters(letters)),
                    roads.submit(this::apiKeys),
                    roads.submit(this::pauses));
            try {
                int keys = 0;
                for (Future<Integer> road : running) {
                    keys += road.get();
                }
                System.out.printf(
                        "seed %d: %d keys, %d commands answered, %d sent into silence%n",
                        seed, keys, commands.sent(), commands.unanswered());
            } finally {
                over.set(true);
            }
            System.out.printf("seed %d: %d kills%n", seed, kills.get());
            assertThat(kills.get()).as("seed " + seed).isGreaterThanOrEqualTo(4);
        }
        assertThat(commands.sent()).isGreaterThanOrEqualTo(1_000);
    }

    private String pictureWithThumbnail() {
        Awaitility.await("a thumbnail")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> client.assets().stream().anyMatch(this::hasThumbnail));
        return client.assets().stream()
                .filter(this::hasThumbnail)
                .findFirst()
                .orElseThrow()
                .get("content_hash")
                .asText();
    }

    private boolean hasThumbnail(JsonNode asset) {
        for (JsonNode made : client.get(
                        "/api/v1/assets/" + asset.get("content_hash").asText() + "/renditions")
                .get("items")) {
            if (made.get("name").asText().equals("thumbnail")
                    && made.get("state").asText().equals("ready")) {
                return true;
            }
        }
        return false;
    }

    /** Every key is answered with one operation, and that is known. */
    private Set<String> oneOperationEach(String road, int keys, String path, String json) throws Exception {
        Random random = new Random(seed + road.hashCode());
        Set<String> operations = new HashSet<>();
        for (int i = 0; i < keys; i++) {
            List<Answer> answers = commands.send(road + " " + i, path, json, TIMES, random);
            assertThat(answers).as("%s, seed %d", road, seed).allMatch(answer -> answer.status() == 202);
            Set<String> locations =
                    new HashSet<>(answers.stream().map(Answer::location).toList());
            assertThat(locations).as("%s, seed %d", road, seed).hasSize(1);
            assertThat(new HashSet<>(answers.stream().map(Answer::body).toList()))
                    .as("%s, seed %d", road, seed)
                    .hasSize(1);
            operations.addAll(locations);
        }
        return operations;
    }

    private int operations(String road, int keys, String path, String json) throws Exception {
        oneOperationEach(road, keys, path, json);
        return keys;
    }

    /** Each makes a job, or finds the one that waits or runs: there is no job that no answer tells of. */
    private int imports(long before) throws Exception {
        Set<String> jobs = oneOperationEach(
                "import", IMPORTS, "/api/v1/import/jobs", "{\"batches\":[\"" + IMPORTED + "\"],\"force\":true}");
        assertThat(number("library", "SELECT COUNT(*) FROM import_job") - before)
                .as("jobs, seed " + seed)
                .isEqualTo(jobs.size());
        return IMPORTS;
    }

    private int preflightsAre(long before) throws Exception {
        Random random = new Random(seed + 3);
        for (int i = 0; i < PREFLIGHTS; i++) {
            List<Answer> answers = commands.send(
                    "preflight " + i, "/api/v1/import/batches/" + PREFLIGHTED + "/preflight", "", TIMES, random);
            assertThat(answers).as("seed " + seed).allMatch(answer -> answer.status() == 200);
        }
        assertThat(new Batch(client, PREFLIGHTED).events("preflight") - before)
                .as("preflights, seed " + seed)
                .isEqualTo(PREFLIGHTS);
        return PREFLIGHTS;
    }

    /** A letter is closed once by itself; that it was closed by this command is said each time. */
    private int letters(List<String> ids) throws Exception {
        Random random = new Random(seed + 5);
        for (String id : ids) {
            List<Answer> answers =
                    commands.send("letter " + id, "/api/v1/dead-letters/" + id + "/acknowledge", "", TIMES, random);
            for (Answer answer : answers) {
                assertThat(answer.status()).as("seed " + seed).isEqualTo(200);
                assertThat(JSON.readTree(answer.body()).get("closed").asInt())
                        .as("letter %s, seed %d: %s", id, seed, answer.body())
                        .isEqualTo(1);
            }
        }
        return ids.size();
    }

    private int apiKeys() throws Exception {
        Random random = new Random(seed + 7);
        for (int i = 0; i < API_KEYS; i++) {
            List<Answer> answers = commands.send(
                    "api key " + i,
                    "/api/v1/api-keys",
                    "{\"name\":\"key " + i + "\",\"role\":\"viewer\"}",
                    TIMES,
                    random);
            assertThat(answers).as("seed " + seed).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
            assertThat(answers.stream().filter(answer -> answer.status() == 201))
                    .as("secrets shown, seed " + seed)
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(number("gateway", "SELECT COUNT(*) FROM api_key WHERE name LIKE 'key %'"))
                .as("api keys, seed " + seed)
                .isEqualTo(API_KEYS);
        return API_KEYS;
    }

    /** A pause that is sent again after the class was resumed is the former one, and pauses nothing. */
    private int pauses() throws Exception {
        Random random = new Random(seed + 11);
        String work = "/api/v1/pipeline/work/media/video/";
        for (int i = 0; i < PAUSES; i++) {
            String reason = "{\"reason\":\"pause " + i + "\"}";
            List<Answer> answers = new ArrayList<>(commands.send("pause " + i, work + "pause", reason, TIMES, random));
            assertThat(number("media", "SELECT COUNT(*) FROM work_pause")).isEqualTo(1);
            commands.send("resume " + i, work + "resume", "", TIMES, random);
            answers.addAll(commands.send("pause " + i, work + "pause", reason, TIMES, random));
            assertThat(new HashSet<>(answers)).as("seed " + seed).hasSize(1);
            assertThat(answers.getFirst().body()).as("seed " + seed).contains("pause " + i);
            assertThat(number("media", "SELECT COUNT(*) FROM work_pause"))
                    .as("seed " + seed)
                    .isZero();
        }
        return 2 * PAUSES;
    }

    /** Dead letters to close, by hand: no work fails here. */
    private List<String> letters() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection media = stack.mariaDb().connect("media");
                PreparedStatement insert = media.prepareStatement(
                        "INSERT INTO dead_letter (id, source, origin, record_key, error_code, cause, attempts, headers)"
                                + " VALUES (?, 'work', 'image', 'k', 'internal', 'as the test wants', 4, '')")) {
            for (int i = 0; i < LETTERS; i++) {
                String id = new UUID(0x0199f0c17a3e7000L + i, 0x8000000000000000L + i).toString();
                insert.setString(1, id);
                insert.executeUpdate();
                ids.add(id);
            }
        }
        return ids;
    }

    private long number(String schema, String sql) throws SQLException {
        try (Connection connection = stack.mariaDb().connect(schema);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
