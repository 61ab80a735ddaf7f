package cloud.pxc.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Free ports of 127.0.0.1. They lie below those that the system gives to outgoing connections: one of those may be taken by
 * anybody between being found free and being listened on. None is handed out twice in a JVM.
 */
public final class Ports {

    private static final int FIRST = 16_000;
    private static final int COUNT = 16_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(COUNT));

    private Ports() {}

    public static int free() {
        return inARow(1);
    }

    public static List<Integer> free(int count) {
        return IntStream.range(0, count).mapToObj(any -> free()).toList();
    }

    /** @return the first of so many ports in a row, all of them free */
    public static int inARow(int count) {
        for (var tries = 0; tries < COUNT; tries++) {
            var first = FIRST + Math.floorMod(NEXT.getAndAdd(count), COUNT - count);
            if (IntStream.range(first, first + count).allMatch(Ports::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("There are no " + count + " free ports in a row on 127.0.0.1 from " + FIRST
                + " to " + (FIRST + COUNT) + "; end what listens there");
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
