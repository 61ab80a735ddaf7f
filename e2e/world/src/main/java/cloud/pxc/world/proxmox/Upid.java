package cloud.pxc.world.proxmox;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a task: {@code UPID:node:pid:pstart:starttime:type:id:user:}, numbers in hexadecimal ({@code
 * PVE/UPID.pm}).
 */
record Upid(String node, int pid, long pstart, long startEpochSecond, String type, String id, String user) {
    private static final Pattern TEXT =
            Pattern.compile("UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):"
                    + "([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\\s]+):([^:\\s]*):([^:\\s]+):");

    static Optional<Upid> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new Upid(
                        match.group(1),
                        Integer.parseUnsignedInt(match.group(2), 16),
                        Long.parseLong(match.group(3), 16),
                        Long.parseLong(match.group(4), 16),
                        match.group(5),
                        match.group(6),
                        match.group(7)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "UPID:%s:%08X:%08X:%08X:%s:%s:%s:".formatted(node, pid, pstart, startEpochSecond, type, id, user);
    }
}
