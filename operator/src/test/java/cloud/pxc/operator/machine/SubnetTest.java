package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.20.255.255, true",
        "10.20.0.0/16, 10.21.0.0, false",
        "10.20.0.0/16, ::ffff, false",
        "10.20.1.7/32, 10.20.1.7, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8:0:20::/64, 2001:db8:0:20:be24:11ff:fe00:1, true",
        "2001:db8:0:20::/64, 2001:db8:0:21::1, false",
        "2001:db8:0:20::/64, 10.20.1.7, false",
    })
    void anAddressLiesInItOrNot(String subnet, String address, boolean within) {
        assertThat(Subnet.of(subnet).contains(address)).isEqualTo(within);
    }

    @Test
    void howeverItIsWrittenItIsTheSame() {
        assertThat(Subnet.of("10.20.3.4/16")).hasToString("10.20.0.0/16").isEqualTo(Subnet.of("10.20.0.0/16"));
        assertThat(Subnet.of("2001:DB8:0:0::1/64")).hasToString("2001:db8::/64");
    }

    @Test
    void whatIsNoSubnetIsToldSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("10.20.0.0"))
                .withMessageContaining("write it as");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("10.20.0.0/33"))
                .withMessageContaining("too long");
    }
}
