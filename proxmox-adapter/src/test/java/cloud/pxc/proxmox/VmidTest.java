package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmidTest {

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 99, 1_000_000_000})
    void whatProxmoxDoesNotTakeIsNoVmid(int value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Vmid(value)).withMessageContaining("" + value);
    }

    @Test
    void vmidsAreNumbers() {
        assertThat(new Vmid(100)).hasToString("100").isLessThan(new Vmid(1000));
        assertThat(new Vmid(999_999_999).value()).isEqualTo(999_999_999);
    }
}
