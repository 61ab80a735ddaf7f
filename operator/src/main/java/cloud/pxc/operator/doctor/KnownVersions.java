package cloud.pxc.operator.doctor;

import cloud.pxc.proxmox.Version;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Proxmox VE the operator is known to work with.
 *
 * <p>Its behaviour was recorded of 9.2. Disk images (qcow2, raw, vmdk) are taken by upload and download-url as content type
 * {@code import} since libpve-storage-perl 8.3.6, which came with 8.4; before, only OVA archives (8.3) and ESXi hosts (8.2) were.
 */
final class KnownVersions {

    private static final Release RECORDED = new Release(9, 2);
    private static final Release OLDEST = new Release(8, 4);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

    private KnownVersions() {}

    private record Release(int major, int minor) implements Comparable<Release> {

        static Optional<Release> of(Version version) {
            var match = FORM.matcher(version.release());
            return match.matches()
                    ? Optional.of(new Release(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
                    : Optional.empty();
        }

        @Override
        public int compareTo(Release other) {
            return Comparator.comparingInt(Release::major)
                    .thenComparingInt(Release::minor)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    static Finding judge(Version version) {
        var name = "Proxmox VE " + version.version() + " ";
        var release = Release.of(version);
        if (release.isEmpty()) {
            return untried(name + "is of a release (" + version.release() + ") that is not known here");
        }
        if (release.get().compareTo(OLDEST) < 0) {
            return Finding.problem(
                    Checkup.VERSION,
                    name
                            + "does not take disk images through its API, so that no VM can be made of an image; upgrade to "
                            + OLDEST + " or newer, best to " + RECORDED,
                    "apt update && apt full-upgrade");
        }
        var difference = release.get().compareTo(RECORDED);
        if (difference == 0) {
            return Finding.well(Checkup.VERSION, name + "is of the release that the operator was made and tested for");
        }
        return untried(name
                + (difference > 0
                        ? "is newer than " + RECORDED + ", which the operator was made and tested for"
                        : "has all calls that are made, but the operator was made and tested for " + RECORDED));
    }

    private static Finding untried(String sentence) {
        return Finding.note(
                Checkup.VERSION, sentence + "; run this with --exercise to see whether it does as expected");
    }
}
