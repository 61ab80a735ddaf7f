package cloud.pxc.dns;

import java.net.InetSocketAddress;

/**
 * Where a server listens.
 *
 * @param host IP address
 */
public record ServerAddress(String host, int port) {

    InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
