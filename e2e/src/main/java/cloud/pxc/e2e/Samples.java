package cloud.pxc.e2e;

import cloud.pxc.world.Programs;
import cloud.pxc.world.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The samples that people read, as this cloud can take them: the very files where it listens on the ports that they name and
 * nobody logs in to its machines, else copies with its own ports in them, and a key that somebody here has the other half of.
 */
public final class Samples {

    private static final Path SOURCE = Programs.projectRoot().resolve("samples");

    private final Path folder;

    private Samples(Path folder) {
        this.folder = folder;
    }

    /** @param key public key of somebody who is here to log in to machines, in place of the one in the samples */
    static Samples of(CloudPorts ports, Scratch scratch, Optional<String> key) {
        if (ports.equals(CloudPorts.OF_SAMPLES) && key.isEmpty()) {
            return new Samples(SOURCE);
        }
        try (var files = Files.walk(SOURCE)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                scratch.write(
                        "samples/" + SOURCE.relativize(file), withKey(withPorts(Files.readString(file), ports), key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The samples in " + SOURCE + " could not be read", e);
        }
        return new Samples(scratch.folder("samples"));
    }

    /** For {@code kubectl apply -f}. */
    public Path folder() {
        return folder;
    }

    /** @param name such as {@code 10-dns-zone.yaml} */
    public Path file(String name) {
        return folder.resolve(name);
    }

    public String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Sample " + name + " could not be read", e);
        }
    }

    private static String withPorts(String text, CloudPorts ports) {
        var samples = CloudPorts.OF_SAMPLES;
        var others = new LinkedHashMap<Integer, Integer>();
        others.put(samples.primary(), ports.primary());
        others.put(samples.primaryControl(), ports.primaryControl());
        others.put(samples.secondary(), ports.secondary());
        others.put(samples.secondaryControl(), ports.secondaryControl());
        others.put(samples.acme(), ports.acme());
        others.put(samples.images(), ports.images());
        for (var node = 0; node < CloudPorts.NODES; node++) {
            others.put(samples.proxmox() + node, ports.proxmox() + node);
        }
        return replaced(text, others);
    }

    private static String withKey(String text, Optional<String> key) {
        return key.map(own -> text.replaceAll("ssh-ed25519 \\S+ \\S+", own)).orElse(text);
    }

    /** In one go: a port that is put in may be one that stands in the samples. */
    private static String replaced(String text, Map<Integer, Integer> others) {
        return java.util.regex.Pattern.compile("\\b15\\d{3}\\b").matcher(text).replaceAll(found -> {
            var other = others.get(Integer.valueOf(found.group()));
            return other == null ? found.group() : other.toString();
        });
    }
}
