package cloud.pxc.proxmox;

/**
 * An API token.
 *
 * @param id {@code user@realm!name}
 * @param secret the UUID that Proxmox VE showed once; never printed
 */
public record ApiToken(String id, String secret) {

    /** {@code user@realm}: the one whose rights bound the token's. */
    public String user() {
        return id.contains("!") ? id.substring(0, id.indexOf('!')) : id;
    }

    @Override
    public String toString() {
        return "ApiToken[" + id + "]";
    }
}
