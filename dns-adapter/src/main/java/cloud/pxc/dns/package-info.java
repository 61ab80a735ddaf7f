/**
 * Client of authoritative name servers: signed updates (RFC 2136, RFC 8945), transfers (RFC 5936), SOA queries, and BIND's control
 * channel, by which zones are added and removed.
 *
 * <p>Names, RRsets and keys come in as values that are right once they exist; answers and typed failures go out. Nothing here
 * knows what a name is for.
 *
 * <p>The rule kept here: a transfer is trusted only when it is whole and signed, an update only when the server's signed answer
 * says so.
 */
package cloud.pxc.dns;
