package cloud.pxc.proxmox;

/**
 * What a downloaded file must hash to.
 *
 * @param algorithm {@code md5}, {@code sha1}, {@code sha224}, {@code sha256}, {@code sha384} or {@code sha512}
 * @param hex the digest
 */
public record Checksum(String algorithm, String hex) {}
