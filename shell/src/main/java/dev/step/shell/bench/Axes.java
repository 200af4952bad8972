package dev.step.shell.bench;

import java.util.List;

/**
 * What the figures go through.
 *
 * @param sizes in bytes; empty: each figure's own
 * @param connections each from 1 to 16
 * @param directions {@link Action#PUT}, {@link Action#GET} or both
 */
public record Axes(
        List<Long> sizes,
        List<Integer> connections,
        List<Integer> clients,
        List<FileKind> kinds,
        List<Action> directions) {
    /** What the protocol's published reports went through. */
    public static final Axes USUAL = new Axes(
            List.of(),
            List.of(1, 2, 4, 8, 16),
            List.of(1, 2, 3, 4, 5),
            List.of(FileKind.TXT, FileKind.JPG, FileKind.PDF, FileKind.ZIP, FileKind.MP4),
            List.of(Action.PUT, Action.GET));

    public Axes {
        sizes = List.copyOf(sizes);
        connections = List.copyOf(connections);
        clients = List.copyOf(clients);
        kinds = List.copyOf(kinds);
        directions = List.copyOf(directions);
    }
}
