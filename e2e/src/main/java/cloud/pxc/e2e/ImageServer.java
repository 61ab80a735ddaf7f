package cloud.pxc.e2e;

import cloud.pxc.world.proxmox.Qcow2;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A mirror of disk images for this machine alone: it has one, empty, that guests see as 2 GiB. */
final class ImageServer implements AutoCloseable {

    private static final long SIZE_BYTES = 2L << 30;

    private final HttpServer server;

    private ImageServer(HttpServer server) {
        this.server = server;
    }

    static ImageServer start(int port) {
        try {
            var image = Qcow2.empty(SIZE_BYTES);
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

    @Override
    public void close() {
        server.stop(0);
    }
}
