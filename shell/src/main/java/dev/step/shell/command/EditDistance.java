package dev.step.shell.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How many letters have to be changed, added, removed or swapped with their neighbour to make one word of another. */
public final class EditDistance {
    private static final int LONGEST_GUESS = 40;
    private static final int MOST_MISTAKES = 2;

    private EditDistance() {}

    /** The candidate that somebody who wrote this most likely meant. */
    public static Optional<String> nearest(String written, Collection<String> candidates) {
        if (written.length() > LONGEST_GUESS) {
            return Optional.empty();
        }
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> between(written, candidate)))
                .filter(candidate -> between(written, candidate) <= MOST_MISTAKES);
    }

    static int between(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 ? j : j == 0 ? i : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        int change = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
