package dev.step.daemon.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Neighbouring addresses, as {@code 192.0.2.0/24}: those that begin with the same bits. */
final class AddressRange {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int BITS_IN_A_BYTE = 8;

    private final byte[] first;
    private final int bits;

    private AddressRange(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/BITS}.
     *
     * @throws IllegalArgumentException in words for the user; nothing is looked up
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address;
        try {
            address = address(slash < 0 ? text : text.substring(0, slash)).getAddress();
        } catch (UnknownHostException e) {
            throw expected(text);
        }
        int all = address.length * BITS_IN_A_BYTE;
        int bits = slash < 0 ? all : bits(text, slash);
        if (bits > all) {
            throw expected(text);
        }
        return new AddressRange(address, bits);
    }

    private static int bits(String text, int slash) {
        try {
            return Integer.parseUnsignedInt(text.substring(slash + 1));
        } catch (NumberFormatException e) {
            throw expected(text);
        }
    }

    private static IllegalArgumentException expected(String text) {
        return new IllegalArgumentException(
                "expected an address, as 192.0.2.1 or 2001:db8::1, or a range, as 192.0.2.0/24, but was '" + text
                        + "'");
    }

    /**
     * The address that is written here, in digits.
     *
     * @throws UnknownHostException when it is none; nothing is looked up
     */
    static InetAddress address(String digits) throws UnknownHostException {
        Matcher four = IPV4.matcher(digits);
        if (!four.matches()) {
            return InetAddress.getByName("[" + digits + "]"); // in brackets it can be nothing but an IPv6 address
        }
        byte[] bytes = new byte[four.groupCount()];
        for (int i = 0; i < bytes.length; i++) {
            int part = Integer.parseInt(four.group(i + 1));
            if (part > 255) {
                throw new UnknownHostException(digits);
            }
            bytes[i] = (byte) part;
        }
        return InetAddress.getByAddress(bytes);
    }

    /** Whether an address is one of these. */
    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        return other.length == first.length && Arrays.equals(begin(first), begin(other));
    }

    /** With zeros for all that may differ. */
    private byte[] begin(byte[] address) {
        byte[] begin = new byte[address.length];
        for (int i = 0; i < begin.length; i++) {
            int left = Math.max(0, Math.min(BITS_IN_A_BYTE, bits - i * BITS_IN_A_BYTE));
            begin[i] = (byte) (address[i] & (0xFF00 >> left));
        }
        return begin;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(first).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("it was an address when it was read", e);
        }
    }
}
