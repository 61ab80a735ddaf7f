package cloud.pxc.e2e;

import cloud.pxc.world.proxmox.Qcow2;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A mirror of disk images for this machine alone: it has one, empty, that guests see as 2 GiB. */
final class ImageServer implements AutoCloseable {

    private static final long SIZE_BYTES = 2L << 30;

    private final HttpServer server;

    private ImageServer(HttpServer server) {
        this.server = server;
    }

    static ImageServer start(int port) {
        try {
            var image = image();
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/debian-12.qcow2", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                    exchange.sendResponseHeaders(200, image.length);
                    exchange.getResponseBody().write(image);
                }
            });
            server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return new ImageServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException("Images could not be served on port " + port + " of 127.0.0.1", e);
        }
    }

    /** Of the image, as a ProxmoxCluster wants it. */
    static String checksum() {
        try {
            var digest = MessageDigest.getInstance("SHA-512").digest(image());
            return "sha512:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-512", e);
        }
    }

    private static byte[] image() {
        return Qcow2.empty(SIZE_BYTES);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
