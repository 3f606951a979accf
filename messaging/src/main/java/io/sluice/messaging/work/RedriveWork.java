package io.sluice.messaging.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.messaging.deadletter.Redrive;

/** Puts up work again that was given up on; its handler takes back before what its service wrote of the end. */
public final class RedriveWork implements Redrive {

    private final WorkBoard board;
    private final Map<String, WorkHandler<?>> handlers;

    public RedriveWork(WorkBoard board, Collection<? extends WorkHandler<?>> handlers) {
        this.board = board;
        this.handlers = handlers.stream()
                .collect(Collectors.toMap(one -> one.workClass().name(), Function.identity()));
    }

    @Override
    public String source() {
        return "work";
    }

    @Override
    public Map<String, Refused> redrive(Handle tx, List<Letter> letters) {
        Map<String, List<Letter>> byClass = new TreeMap<>();
        letters.forEach(letter -> byClass.computeIfAbsent(letter.origin(), name -> new ArrayList<>())
                .add(letter));
        Map<String, Refused> refused = new HashMap<>();
        byClass.forEach((workClass, ofClass) -> {
            WorkHandler<?> handler = handlers.get(workClass);
            Set<String> up = handler == null ? Set.of() : board.redrive(tx, handler, keys(ofClass));
            for (Letter letter : ofClass) {
                if (!up.contains(key(letter))) {
                    refused.put(letter.id(), new Refused(ErrorCode.CONFLICT, why(handler, workClass)));
                }
            }
        });
        return refused;
    }

    private static String why(@Nullable WorkHandler<?> handler, String workClass) {
        return handler == null
                ? "This release of the service has no work of class " + workClass + ". Acknowledge the letter."
                : "The work is not there any more: it was done since, or what it was for is gone. Acknowledge the letter.";
    }

    private static Set<String> keys(List<Letter> letters) {
        return letters.stream().map(RedriveWork::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String key(Letter letter) {
        return new String(letter.key(), UTF_8);
    }
}
