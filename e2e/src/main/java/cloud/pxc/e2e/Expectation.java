package cloud.pxc.e2e;

import java.util.function.Supplier;

/**
 * Something that has to become true of the cloud.
 *
 * @param what in the words of a person, for example {@code DnsZone cloud.example.org}
 * @param look cheap enough to be repeated several times a second
 */
record Expectation(String what, Supplier<Seen> look) {}
