package dev.step.daemon.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a client is, as far as limits go: an address of IPv4, or a network of IPv6, whose owner has 2^64 addresses to
 * choose from.
 *
 * @param network in hexadecimal digits
 */
public record Site(String network) {
    private static final int IPV6_NETWORK_BYTES = 8;

    public static Site of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean v6 = address instanceof Inet6Address;
        return new Site(HexFormat.of().formatHex(v6 ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes));
    }
}
