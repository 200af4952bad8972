package dev.step.daemon.connection;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Any number of {@link AddressRange}s. */
public record AddressRanges(List<AddressRange> ranges) {
    public static final AddressRanges NONE = new AddressRanges(List.of());

    private static final String NO_RANGE = "none";

    public AddressRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads ranges, separated by commas, or {@code none}.
     *
     * @throws IllegalArgumentException in words for the user
     */
    public static AddressRanges parse(String text) {
        return text.equals(NO_RANGE)
                ? NONE
                : new AddressRanges(Arrays.stream(text.split(",", -1))
                        .map(range -> AddressRange.parse(range.strip()))
                        .toList());
    }

    /** Whether an address is in one of them. */
    boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** As it is read. */
    @Override
    public String toString() {
        return ranges.isEmpty()
                ? NO_RANGE
                : ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
    }
}
