package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu | x86-64-v2-AES | cputype=x86-64-v2-AES",
                "cpu | host,flags=+aes;-pcid | flags=+aes;-pcid,cputype=host",
                "startup | order=1,up=5 | up=5,order=1",
                "startup | 1,up=5 | order=1,up=5",
                "hostpci0 | mapping=gpu,pcie=1 | pcie=1,mapping=gpu",
                "hostpci1 | mapping=gpu,pcie=on | mapping=gpu,pcie=1",
                "usb0 | mapping=key | mapping=key",
                "agent | enabled=1,fstrim_cloned_disks=1 | 1,fstrim_cloned_disks=1",
                "onboot | yes | 1",
                "protection | true | 1",
                "tablet | off | 0",
                "numa0 | cpus=0-1,memory=1024 | memory=1024,cpus=0-1",
                "cpulimit | 2.0 | 2",
                "memory | 2048 | current=2048",
                "cipassword | secret | **********",
                "rng0 | /dev/urandom | source=/dev/urandom",
            })
    void proxmoxMaySayTheSameInOtherWords(String key, String wanted, String actual) {
        assertThat(Wording.same(key, wanted, actual)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu | host | kvm64",
                "cpu | host,flags=+aes | host",
                "startup | order=1 | order=2",
                "onboot | 1 | 0",
                "hostpci0 | mapping=gpu | mapping=gpu,pcie=1",
                "description | a,b | b,a",
                "cpulimit | 2.5 | 2",
            })
    void whatIsAnotherIsSet(String key, String wanted, String actual) {
        assertThat(Wording.same(key, wanted, actual)).isFalse();
    }

    @Test
    void aDescriptionComesBackWithAnEndOfLine() {
        assertThat(Wording.same("description", "Shop, see wiki=x", "Shop, see wiki=x\n"))
                .isTrue();
    }
}
