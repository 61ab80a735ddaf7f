package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {

    @Test
    void bothEndsAreIncludedAndOctetsCarryOver() {
        assertThat(all("10.20.1.254-10.20.2.1"))
                .containsExactly("10.20.1.254", "10.20.1.255", "10.20.2.0", "10.20.2.1");
    }

    @Test
    void oneAddressIsARangeToo() {
        assertThat(all("192.0.2.7-192.0.2.7")).containsExactly("192.0.2.7");
    }

    @Test
    void theHighestAddressesDoNotWrapAround() {
        assertThat(all("255.255.255.254-255.255.255.255")).containsExactly("255.255.255.254", "255.255.255.255");
        assertThat(all("0.0.0.0-0.0.0.1")).containsExactly("0.0.0.0", "0.0.0.1");
    }

    @Test
    void addressesOfVersion6AreWrittenAsRfc5952Wants() {
        assertThat(all("fd00::ffff-fd00::1:1")).containsExactly("fd00::ffff", "fd00::1:0", "fd00::1:1");
        assertThat(all("2001:DB8:0:0:1:0:0:1-2001:db8::1:0:0:1")).containsExactly("2001:db8::1:0:0:1");
    }

    @Test
    void afterTheLastThereIsNone() {
        var addresses = AddressRange.of("192.0.2.7-192.0.2.7").iterator();
        addresses.next();

        assertThat(addresses.hasNext()).isFalse();
        assertThatThrownBy(addresses::next).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, is no range of addresses; write first-last",
        "10.0.0.9-10.0.0.1, the first address is not before the last",
        "10.0.0.1-fd00::1, the first address is not before the last",
        "host.example.org-10.0.0.1, host.example.org is no address",
        "10.0.0.1-10.0.0.999, 10.0.0.999 is no address"
    })
    void whatIsNoneIsSaidSo(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.of(text))
                .withMessageContaining(message);
    }

    @Property(tries = 200)
    void everyAddressOfAnyRangeComesOnceAndInOrder(
            @ForAll @Size(4) byte[] first, @ForAll @IntRange(max = 300) int length) throws UnknownHostException {
        var start = number(InetAddress.getByAddress(first));
        var end = Math.min(start + length, 0xFFFFFFFFL);
        var range = AddressRange.of(text(start) + "-" + text(end));

        var numbers = new ArrayList<Long>();
        for (var address : range) {
            numbers.add(number(InetAddress.getByName(address)));
        }

        assertThat(numbers).hasSize((int) (end - start + 1)).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.getFirst()).isEqualTo(start);
        assertThat(numbers.getLast()).isEqualTo(end);
    }

    private static List<String> all(String text) {
        var all = new ArrayList<String>();
        AddressRange.of(text).forEach(all::add);
        return all;
    }

    private static long number(InetAddress address) {
        var number = 0L;
        for (var octet : address.getAddress()) {
            number = number << 8 | octet & 0xFF;
        }
        return number;
    }

    private static String text(long number) {
        return (number >> 24) + "." + (number >> 16 & 0xFF) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
    }
}
