package cloud.pxc.operator.issuer;

/** The accounts that certificates are ordered with. */
public interface Accounts {

    /** The issuer of that name as certificates see it. */
    IssuerView view(String issuer);

    /** Has the issuer looked at anew, because the CA did not know its account. */
    void doubt(String issuer);
}
