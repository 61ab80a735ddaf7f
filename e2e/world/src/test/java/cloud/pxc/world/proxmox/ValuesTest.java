package cloud.pxc.world.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small values: sizes, task ids, property strings, paths of faults, encodings. */
class ValuesTest {
    private final Verification verification = new Verification(Schema.load());

    @ParameterizedTest
    @CsvSource({"1073741824,1G", "1572864,1536K", "3000000,2930K", "0,0", "4194304,4M", "1099511627776,1T"})
    void sizesAreWrittenInTheLargestUnitWithoutRemainder(long bytes, String text) {
        assertThat(Drives.printSize(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1G,1073741824", "1.5G,1610612736", "512,512", "4M,4194304"})
    void sizesAreRead(String text, long bytes) {
        assertThat(Drives.parseSize(text)).isEqualTo(bytes);
    }

    @Test
    void aTaskIdIsReadAsItIsWritten() {
        var text = "UPID:pve1:00000080:000AFA08:6B03A873:qmcreate:100:root@pam!test:";
        assertThat(Upid.parse(text)).get().hasToString(text);
        assertThat(Upid.parse("UPID:pve1:80:000AFA08:6B03A873:qmcreate:100:root@pam!test:"))
                .isEmpty();
    }

    @Test
    void theModelOfACardIsTheKeyOfItsMac() {
        assertThat(verification.propertyString("net", "virtio=BC:24:11:00:00:01,bridge=vmbr0", "net0"))
                .isEqualTo(Map.of("model", "virtio", "macaddr", "BC:24:11:00:00:01", "bridge", "vmbr0"));
    }

    @Test
    void wrongPropertiesAreToldByTheirPath() {
        assertThatThrownBy(() -> verification.propertyString("net", "virtio,bridge=vmbr0,tag=9999", "net0"))
                .hasMessage("format error\nnet0.tag: value must have a maximum value of 4094\n");
        assertThatThrownBy(() -> verification.propertyString("net", "virtio,nosuch=1", "net0"))
                .hasMessage("invalid key in comma-separated list property: nosuch\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes/{node}/qemu,/nodes/pve1/qemu,true",
        "/nodes/*/qemu,/nodes/pve1/qemu,true",
        "/nodes/*/qemu,/nodes/pve1/qemu/100,false",
        "/nodes/**,/nodes/pve1/qemu/100,true",
        "/**,/version,true",
        "/version,/versions,false"
    })
    void faultsConcernPaths(String glob, String path, boolean concerned) {
        assertThat(Fault.on("GET", glob).dropsBefore().concerns("GET", path)).isEqualTo(concerned);
        assertThat(Fault.on("PUT", glob).dropsBefore().concerns("GET", path)).isFalse();
    }

    @Test
    void aRepeatedKeyIsAList() {
        assertThat(RequestDecoding.query("a=1&a=2;a=3&b=x%3Dy+z"))
                .isEqualTo(Map.of("a", List.of("1", "2", "3"), "b", "x=y z"));
    }
}
