package cloud.pxc.proxmox;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a task, {@code UPID:node:pid:pstart:starttime:type:id:user:} with numbers in hexadecimal ({@code PVE::UPID}).
 *
 * @param text the whole of it, as the API gives and takes it
 */
public record Upid(String text) {

    private static final Pattern FORM = Pattern.compile("UPID:(?<node>[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)"
            + ":[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:(?<start>[0-9A-Fa-f]{8})"
            + ":(?<type>[^:\\s]+):(?<id>[^:\\s]*):(?<user>[^:\\s]+):");
    private static final int HEXADECIMAL = 16;

    /** @throws IllegalArgumentException when it is no UPID */
    public Upid {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A UPID looks like UPID:node:pid:pstart:starttime:type:id:user:, was " + text);
        }
    }

    static Optional<Upid> in(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Upid(text)) : Optional.empty();
    }

    /** The node the task runs on. */
    public String node() {
        return part("node");
    }

    /** Such as {@code qmcreate}, {@code vzstart}, {@code imgcopy}. */
    public String type() {
        return part("type");
    }

    /** What the task is about: the VMID for tasks of guests, else a storage, a file, or nothing. */
    public String guest() {
        return part("id");
    }

    /** {@code user@realm}, or {@code user@realm!token}. */
    public String user() {
        return part("user");
    }

    /** By the clock of the node. */
    public Instant startedAt() {
        return Instant.ofEpochSecond(Long.parseLong(part("start"), HEXADECIMAL));
    }

    @Override
    public String toString() {
        return text;
    }

    private String part(String group) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalStateException("No UPID: " + text);
        }
        return match.group(group);
    }
}
