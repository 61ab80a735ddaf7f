package cloud.pxc.world;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A folder that is gone, with every process started in it, when it is closed or when this JVM ends in any way.
 *
 * <p>A small shell process waits at the end of a pipe from this JVM. It is told of every process and of the folder; when the
 * pipe closes, be it by {@code kill -9}, it ends them. A process is known by pid and start time, so that a pid that has been
 * given to somebody else is left alone. {@code PXC_KEEP=1} in the environment keeps the folder, for looking at logs.
 */
public final class Scratch implements AutoCloseable {

    private static final String WATCH = """
            trap '' INT TERM HUP
            pids= folders= folder=$1
            started() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
            while read -r told; do
              case $told in
                /*) folders="$folders $told" ;;
                *) pids="$pids $told:$(started "$told")" ;;
              esac
            done
            for known in $pids; do
              pid=${known%:*}
              [ -n "${known#*:}" ] && [ "$(started "$pid")" = "${known#*:}" ] && kill -9 "$pid" 2>/dev/null
            done
            for left in $folders; do
              tries=0
              while [ -d "$left" ] && [ "$tries" -lt 100 ]; do
                find "$left" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.05
                tries=$((tries + 1))
              done
            done
            [ -n "${PXC_KEEP:-}" ] || rm -rf "$folder"
            """;

    private final Path folder;
    private final Process watchdog;
    private final OutputStream toWatchdog;

    private Scratch(Path folder, Process watchdog) {
        this.folder = folder;
        this.watchdog = watchdog;
        this.toWatchdog = watchdog.getOutputStream();
    }

    public static Scratch create() {
        try {
            var folder = Files.createTempDirectory("pxc-");
            // Servers run as users of their own (bind, nobody) and have to reach their folders.
            folder.toFile().setExecutable(true, false);
            folder.toFile().setReadable(true, false);
            var watchdog = new ProcessBuilder("setsid", "sh", "-c", WATCH, "pxc-watchdog", folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Scratch(folder, watchdog);
        } catch (IOException e) {
            throw new UncheckedIOException("No scratch folder for the world could be made", e);
        }
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** A folder below, made if it is not there. */
    public Path folder(String name) {
        try {
            var below = Files.createDirectories(folder.resolve(name));
            below.toFile().setExecutable(true, false);
            below.toFile().setReadable(true, false);
            return below;
        } catch (IOException e) {
            throw new UncheckedIOException("Folder " + name + " could not be made in " + folder, e);
        }
    }

    /** Writes a text file below and returns its path. */
    public Path write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("File " + name + " could not be written in " + folder, e);
        }
    }

    /** Has a process ended with this JVM. */
    public void watch(long pid) {
        tell(Long.toString(pid));
    }

    /**
     * Has a folder elsewhere, with folders only in it, removed after the processes have ended: a control group, which is there
     * as long as a process is in it.
     */
    public void removeAfterwards(Path emptyFolder) {
        tell(emptyFolder.toAbsolutePath().toString());
    }

    private synchronized void tell(String line) {
        try {
            toWatchdog.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            toWatchdog.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(line + " could not be put under watch", e);
        }
    }

    /** Starts a server whose output goes to {@code <name>.log} in this folder. */
    public Server start(String name, List<String> command, Map<String, String> environment) {
        try {
            var log = folder.resolve(name + ".log").toFile();
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            watch(process.pid());
            return new Server(name, process, log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started: " + String.join(" ", command), e);
        }
    }

    @Override
    public void close() {
        try {
            toWatchdog.close();
            if (!watchdog.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The watchdog of " + folder + " did not end within 10 s");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The watchdog of " + folder + " could not be told to end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
