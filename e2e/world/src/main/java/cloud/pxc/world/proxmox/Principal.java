package cloud.pxc.world.proxmox;

/**
 * Who calls.
 *
 * @param id {@code user@realm} or {@code user@realm!token}
 */
record Principal(String id) {

    String user() {
        return id.contains("!") ? id.substring(0, id.indexOf('!')) : id;
    }

    boolean isToken() {
        return id.contains("!");
    }

    String tokenName() {
        return id.substring(id.indexOf('!') + 1);
    }
}
