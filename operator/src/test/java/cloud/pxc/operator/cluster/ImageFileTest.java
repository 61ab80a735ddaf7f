package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.proxmox.Checksum;
import cloud.pxc.proxmox.ContainerTemplate;
import cloud.pxc.proxmox.ContentType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFileTest {

    private static final String SUM = "sha256:" + "a1".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "vm, https://example.org/debian-12.qcow2, .qcow2",
        "vm, https://example.org/disk.raw, .raw",
        "vm, https://example.org/noble-server-cloudimg-amd64.img, .qcow2",
        "vm, https://example.org/image.qcow2?token=x, .qcow2",
        "vm, https://example.org/appliance.ova, .ova",
        "container, https://example.org/rootfs.tar.xz, .tar.xz",
        "container, https://example.org/rootfs.tar.zst, .tar.zst",
        "container, https://example.org/rootfs.tgz, .tar.gz"
    })
    void theFormatIsInTheNameOfTheFile(ImageType type, String url, String extension) {
        assertThat(file(image("debian-12", type, url, SUM)).filename())
                .matches("pxc-debian-12-[0-9a-f]{8}" + extension.replace(".", "\\."));
    }

    @Test
    void anotherUrlOrChecksumIsAnotherFile() {
        var first = file(image("debian-12", ImageType.vm, "https://example.org/a.qcow2", SUM));

        assertThat(file(image("debian-12", ImageType.vm, "https://example.org/b.qcow2", SUM))
                        .filename())
                .isNotEqualTo(first.filename());
        assertThat(file(image("debian-12", ImageType.vm, "https://example.org/a.qcow2", null))
                        .filename())
                .isNotEqualTo(first.filename());
        assertThat(file(image("debian-12", ImageType.vm, "https://example.org/a.qcow2", SUM)))
                .isEqualTo(first);
    }

    @Test
    void itIsFetchedWithItsChecksumToTheContentOfItsType() {
        var file = file(image("debian-12", ImageType.vm, "https://example.org/a.qcow2", SUM));

        assertThat(file.source()).contains(URI.create("https://example.org/a.qcow2"));
        assertThat(file.checksum()).contains(new Checksum("sha256", "a1".repeat(32)));
        assertThat(file.content()).isEqualTo(ContentType.IMPORT);
        assertThat(file.volume("local")).isEqualTo("local:import/" + file.filename());
        assertThat(ImageFile.filename(file.volume("local"))).isEqualTo(file.filename());
    }

    @Test
    void ofATemplateTheNewestVersionIsTaken() {
        var index = List.of(
                template("debian-12-standard", "12.7-1"),
                template("debian-12-standard", "12.12-1"),
                template("debian-12-standard", "12.9-1"),
                template("debian-13-standard", "13.1-1"));

        var file = ImageFile.of(templateImage("debian-12-standard"), index, Optional.empty());

        assertThat(file).map(ImageFile::filename).contains("debian-12-standard_12.12-1_amd64.tar.zst");
        assertThat(file.orElseThrow().volume("local"))
                .isEqualTo("local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst");
    }

    @Test
    void aTemplateMayBeNamedByItsFile() {
        var index = List.of(template("debian-12-standard", "12.7-1"), template("debian-12-standard", "12.12-1"));

        assertThat(ImageFile.of(templateImage("debian-12-standard_12.7-1_amd64.tar.zst"), index, Optional.empty()))
                .map(ImageFile::filename)
                .contains("debian-12-standard_12.7-1_amd64.tar.zst");
    }

    @Test
    void aTemplateThatTheIndexLostStaysWhatItWas() {
        assertThat(ImageFile.of(templateImage("debian-12-standard"), List.of(), Optional.empty()))
                .isEmpty();
        assertThat(ofKnown("debian-12-standard", List.of(), "debian-12-standard_12.7-1_amd64.tar.zst"))
                .contains("debian-12-standard_12.7-1_amd64.tar.zst");
    }

    @Test
    void anOlderIndexDoesNotBringAnOlderVersionBack() {
        var index = List.of(template("debian-12-standard", "12.7-1"));

        assertThat(ofKnown("debian-12-standard", index, "debian-12-standard_12.12-1_amd64.tar.zst"))
                .contains("debian-12-standard_12.12-1_amd64.tar.zst");
    }

    @Test
    void whatAnImageWasIsNotWhatAnotherTemplateIs() {
        assertThat(ofKnown("ubuntu-24.04-standard", List.of(), "debian-12-standard_12.12-1_amd64.tar.zst"))
                .isEmpty();
        assertThat(ofKnown("debian-12-standard", List.of(), "pxc-debian-12-ct-1a2b3c4d.tar.zst"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"12.7-1, 12.12-1", "12.12-1, 12.12-2", "9.0, 10.0", "1.0, 1.0.1", "20240101-1, 20241231-1"})
    void versionsAreComparedAsNumbers(String older, String newer) {
        assertThat(ImageFile.compareVersions(older, newer)).isNegative();
        assertThat(ImageFile.compareVersions(newer, older)).isPositive();
    }

    @Property
    void oneVersionIsNewerOrTheOther(
            @ForAll @IntRange(max = 30) int major,
            @ForAll @IntRange(max = 30) int minor,
            @ForAll @IntRange(max = 30) int otherMajor,
            @ForAll @IntRange(max = 30) int otherMinor) {
        var compared = ImageFile.compareVersions(major + "." + minor, otherMajor + "." + otherMinor);

        assertThat(Integer.signum(compared))
                .isEqualTo(Integer.compare(major * 100 + minor, otherMajor * 100 + otherMinor));
    }

    private static Optional<String> ofKnown(String template, List<ContainerTemplate> index, String known) {
        return ImageFile.of(templateImage(template), index, Optional.of(known)).map(ImageFile::filename);
    }

    private static ImageFile file(Image image) {
        return ImageFile.of(image, List.of(), Optional.empty()).orElseThrow();
    }

    private static Image image(String name, ImageType type, String url, String checksum) {
        return new Image(name, type, url, checksum, null);
    }

    private static Image templateImage(String template) {
        return new Image("debian-12-ct", ImageType.container, null, null, template);
    }

    private static ContainerTemplate template(String name, String version) {
        return new ContainerTemplate(name + "_" + version + "_amd64.tar.zst", name, version, "debian-12", "system");
    }
}
