package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"512Mi, 536870912", "4Gi, 4294967296", "2Ti, 2199023255552"})
    void aQuantityIsSoManyOctets(String quantity, long bytes) {
        assertThat(Sizes.bytes(quantity)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"512Mi, 512", "4Gi, 4096"})
    void memoryIsToldInMebibytes(String quantity, String mebibytes) {
        assertThat(Sizes.mebibytes(quantity)).isEqualTo(mebibytes);
    }

    @ParameterizedTest
    @CsvSource({"20Gi, 20", "1Ti, 1024", "512Mi, 0.5", "100Mi, 0.098"})
    void aDiskIsToldInGibibytes(String quantity, String gibibytes) {
        assertThat(Sizes.gibibytes(quantity)).isEqualTo(gibibytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "local-lvm:vm-100-disk-0,size=20G; 21474836480",
                "local:100/vm-100-disk-0.qcow2,iothread=1,size=528M; 553648128",
                "local-lvm:vm-100-disk-0,size=1.5T; 1649267441664",
                "local-lvm:vm-100-disk-0,size=4096K,ssd=1; 4194304",
                "local-lvm:vm-100-disk-0,size=1000; 1000"
            })
    void theSizeOfADriveIsRead(String drive, long bytes) {
        assertThat(Sizes.ofDrive(drive)).hasValue(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"local:iso/seed.iso,media=cdrom", "none,media=cdrom", "local-lvm:vm-1-disk-0,size=,ssd=1"})
    void aDriveThatTellsNoSizeHasNone(String drive) {
        assertThat(Sizes.ofDrive(drive)).isEmpty();
    }

    @Property
    void whatIsAskedForIsNeverLessThanWhatIsWanted(@ForAll @IntRange(min = 1, max = 1 << 20) int mebibytes) {
        var wanted = mebibytes + "Mi";

        var asked = Double.parseDouble(Sizes.gibibytes(wanted)) * (1L << 30);

        assertThat(asked).isGreaterThanOrEqualTo(Sizes.bytes(wanted));
    }
}
