import NIOSSL

/// A certificate for `localhost` and its key, which protect nothing: they are published here.
enum LocalhostIdentity {
  static func configuration() throws -> TLSConfiguration {
    let certificate = try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem)
    let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
    return .makeServerConfiguration(
      certificateChain: [.certificate(certificate)],
      privateKey: .privateKey(key)
    )
  }

  private static let key = """
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIDtWJvXcZjSCIJe9jU0Dl6bELhbBompp6K92iQegqQ4loAoGCCqGSM49
    AwEHoUQDQgAEvjLEbZuKWThEmYWcC9Tj23SUv/Aie0VWF+OLDGhFIrVxsooF8WCo
    FLKhZxJZw4WxL9SVmC71a32ILZsECJERHw==
    -----END EC PRIVATE KEY-----
    """

  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBmzCCAUGgAwIBAgIUMTQyStscR9aIAjC/Nirt7MYGxUQwCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzA2MjIwMVoYDzIxMjYxMDMw
    MDYyMjAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAAS+MsRtm4pZOESZhZwL1OPbdJS/8CJ7RVYX44sMaEUitXGyigXxYKgU
    sqFnElnDhbEv1JWYLvVrfYgtmwQIkREfo28wbTAdBgNVHQ4EFgQULPk0CtyrbUT1
    scly9agRJIbOpNwwHwYDVR0jBBgwFoAULPk0CtyrbUT1scly9agRJIbOpNwwDwYD
    VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
    zj0EAwIDSAAwRQIgET+4OU0upKoBsijN3C4E8s4PObGVJXt/hM1kfL9eSv4CIQCT
    9yy7zuXkzR4GMJAgSYe6yOhdRkerBMjyFdjgz0jU6Q==
    -----END CERTIFICATE-----
    """
}
