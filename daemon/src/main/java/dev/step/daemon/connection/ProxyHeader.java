package dev.step.daemon.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a proxy sends ahead of all that it passes on: the header of the PROXY protocol, version 1 or 2, as HAProxy's
 * {@code doc/proxy-protocol.txt} defines it.
 */
final class ProxyHeader {
    /** Of version 2. Version 1 has a longer header, too. */
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    private static final String MARK = "PROXY";
    private static final int LONGEST_LINE = 107;
    private static final int VERSION_2 = 0x20;
    private static final int LOCAL = 0;
    private static final int PASSED_ON = 1;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private ProxyHeader() {}

    /**
     * Reads a header, and nothing behind it.
     *
     * @return where the client is; empty when the proxy speaks for itself, or does not know
     * @throws IOException when there is no header, or the connection has ended
     */
    static Optional<InetAddress> read(ReadableByteChannel channel) throws IOException {
        byte[] start = bytes(SIGNATURE.length, channel);
        return Arrays.equals(start, SIGNATURE) ? readBinary(channel) : readLine(start, channel);
    }

    private static Optional<InetAddress> readLine(byte[] start, ReadableByteChannel channel) throws IOException {
        StringBuilder line = new StringBuilder(new String(start, StandardCharsets.US_ASCII));
        if (!line.toString().startsWith(MARK + " ")) {
            throw malformed();
        }
        while (line.charAt(line.length() - 1) != '\n') {
            if (line.length() == LONGEST_LINE) {
                throw malformed();
            }
            line.append((char) (bytes(1, channel)[0] & 0xFF));
        }
        String[] words = line.toString().stripTrailing().split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return Optional.empty();
        }
        boolean isFamilyKnown = words[1].equals("TCP4") || words[1].equals("TCP6");
        if (!isFamilyKnown || words.length != 6) {
            throw malformed();
        }
        try {
            return Optional.of(AddressRange.address(words[2]));
        } catch (UnknownHostException e) {
            throw malformed();
        }
    }

    private static Optional<InetAddress> readBinary(ReadableByteChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(bytes(Integer.BYTES, channel));
        int command = (head.get() & 0xFF) - VERSION_2;
        int family = head.get() & 0xFF;
        int length = head.getShort() & 0xFFFF;
        if (command != LOCAL && command != PASSED_ON) {
            throw malformed();
        }
        byte[] rest = bytes(length, channel);
        int addressBytes = command == LOCAL ? 0 : addressBytes(family);
        if (addressBytes == 0) {
            return Optional.empty();
        }
        if (length < 2 * addressBytes) {
            throw malformed();
        }
        return Optional.of(
                InetAddress.getByAddress(Arrays.copyOf(rest, addressBytes))); // the client's is the first one
    }

    private static int addressBytes(int family) {
        return switch (family) {
            case TCP_OVER_IPV4 -> IPV4_BYTES;
            case TCP_OVER_IPV6 -> IPV6_BYTES;
            default -> 0;
        };
    }

    private static byte[] bytes(int count, ReadableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("it ended before it began");
            }
        }
        return bytes.array();
    }

    private static IOException malformed() {
        return new IOException("it does not begin with a header of the PROXY protocol");
    }
}
