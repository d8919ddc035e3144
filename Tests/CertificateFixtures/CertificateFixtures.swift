package import Foundation

/// Certificates, keys, containers and revocation lists that OpenSSL 3.0.19 made; DER.
///
/// They are valid from 2026-11-21 to 2126-10-28. `openssl req -x509`, `x509 -req`, `pkcs8`, `pkcs12 -export`, `ca -gencrl`.
package enum CertificateFixtures {
    package static let passphrase = "passphrase"

    /// Self-signed, RSA 2048, for certificates and revocation lists; O=Glasseye, CN=Test CA.
    package static let authority = der(
        """
        MIIDPTCCAiWgAwIBAgIUO5Dg2Z/nog6vD3brPvHODKFRPb8wDQYJKoZIhvcNAQELBQAwJTERMA8GA1UECgwIR2xhc3NleWUxEDAO
        BgNVBAMMB1Rlc3QgQ0EwIBcNMjYxMTIxMDY0MjA1WhgPMjEyNjEwMjgwNjQyMDVaMCUxETAPBgNVBAoMCEdsYXNzZXllMRAwDgYD
        VQQDDAdUZXN0IENBMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAovHxPrfE8379phWEY5/R31Y8svvZZtIPaa/Qmhbl
        Q8l03VzDun/LF0LQhaM0lK2Ra1h4OzTVqi5j7WXPZTNAn1hTsuQt5jV78bghg+7IzbKm/dpHTvXqftJT6y5VXDCkRHDYc40nC9oU
        o91eBW0yc2cKotcwvB6aEOZ++380g8VtSk8OdYaigUtEKzdPe6NRpHe8zpLG6leWqJBuNagsdZDtrvfsHr4jGV3/g6mLZVl2OGOy
        JalZeQ/Ef2mg6R6FgAfjeylC6iJDWqBGwR03H/2ooP4YCZrPKwOJdnywZdhuj21TNsX3I9vfQdsCjKGMTVZDBnLBNBRB3izXL31r
        hQIDAQABo2MwYTAdBgNVHQ4EFgQUAbFiP5ZQ5OocSL+0TIwSQttgGj4wHwYDVR0jBBgwFoAUAbFiP5ZQ5OocSL+0TIwSQttgGj4w
        DwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwDQYJKoZIhvcNAQELBQADggEBAGjVs+HiuU0WyIttLT5tLZ/dxlILaGNY
        gA/3ZcCbepT2vYuyetI3A4mz4WVS8O6fwDWaPqM58EccZKVl8kPa5kMLa/kA0J2k8xfw66HgSottbmAdE51DTwSCRwIm84Hqha5m
        l05pIghH8gs1bi2zSEzNNdBX40bJpAOcKqbtEYhXjpzsccFkRCUXe5/rQx1jv+aV96y6/8/8tNBUc/SmU/9fPre/Z+53H4UNawWG
        V3HPTIm/zubP3q6Q8UnYacfRZJnk978TvSELKM2HnYtf+dFS1rGtABb9rZ20QJT8iTFR4dBK0Ppe66Aen9VYV6TK4UowaXwvOcM/
        BpdzMlhi00Y=
        """)

    /// The private key of `authority`, PKCS#8.
    package static let authorityKey = der(
        """
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCi8fE+t8Tzfv2mFYRjn9HfVjyy+9lm0g9pr9CaFuVDyXTdXMO6
        f8sXQtCFozSUrZFrWHg7NNWqLmPtZc9lM0CfWFOy5C3mNXvxuCGD7sjNsqb92kdO9ep+0lPrLlVcMKREcNhzjScL2hSj3V4FbTJz
        Zwqi1zC8HpoQ5n77fzSDxW1KTw51hqKBS0QrN097o1Gkd7zOksbqV5aokG41qCx1kO2u9+weviMZXf+DqYtlWXY4Y7IlqVl5D8R/
        aaDpHoWAB+N7KULqIkNaoEbBHTcf/aig/hgJms8rA4l2fLBl2G6PbVM2xfcj299B2wKMoYxNVkMGcsE0FEHeLNcvfWuFAgMBAAEC
        ggEARHSaonu4DYgjbfwKM4R4OnjTZWpzKkRD32XSoHnP9cuUAk+vlxGLNAmI6yvmsjO9LTjswgrvXODCcIDeQajnlEoaV8SPF/EO
        Uj3GLtRJnklY6LskTCL6Ui9wvBQqHmH9ERfLh7gcWFlVZIZisqrukBcRG9qGCfJdTY5YeLY3TMgfxyUYnpFgZ2kvFQekz8rIdASW
        CXP4xJE+t1nYQEnCvZSpJ4O1Uh4tUkoM3FYRcs9xD124KSEVHUJpfgyKwOGT8WzrtiNTa00x0DD2S30Mf4ePYsWt6sdxy21o2G8I
        NJvmj6gh9EoD5lrbp5DdIPgn8Lr0XALJH1c1g77HY2yR3QKBgQDXiO+m2FTPhPm8YUbsh8wrf3sIhVbSODnTzqq/6iC/c2fudEm0
        qYxxpzR/DjTCTI+d69v1KTNVfeAzehJGIXSqkQVVI7PwXKKHwC2ztYqCIKHViCqbl/e+R1Zm9rvigywU8YrFTIMURNi1Zt2GW3tn
        +PDmNlqosvL0japjFb8UDwKBgQDBiW2dOqL2MIe7mEzFs6kadXXbFgMFxWQIQ5TisAogaKzow4dfE/FBH2EQmeB56E9frbudpO2Q
        7OY3p3WtUFJJ9dE9Dv1m30cinu5mVihsJvB/1LV3SeAqqheheRszvQQABqXLxTMy54DtYLLthqsyOMqWm/DPitfla3iKaekjKwKB
        gFhaMOszCOkceIcpVTqGnEJEernOdv2rwMC7mjEbl5sDgtoz3zbovcKlKRbgSu5PFhxFYCBKaFmmRO61HqKS+lElK4twHEXuo02E
        kPd29rVLDSwMKnMnw43Djn6cq/45iSt4rEsehyka477Q0QRPofHIEXA9XcKDwKZRIESH2JEvAoGAUZyWMJstZQuJ8T2EAkqEoLev
        fzeFBsX6LNHy0rTRUGFTqMPrLdjG/2MwF0QMONwRvJMSbqPB2j9LxWREZ1Vbnfyew1Sy3tKAuMS0W0sxuImjGQSlkSwB73vSgzEC
        m4q1SR2EhK0frfOZloAUc706K+9u3pvbrGksKX5sUlHfEgkCgYEArgeLmiuR52qpawYIeUis+w8hUejOYoSs2rJygP55ZwwcsFGM
        q7BM5UQnB9yJ5iH//7+2jRrBNyC3lRtaCpc+jz2z3Ln1hnmrwC6qJv854wRHVC0g6pcrywqG43GeccC9P72qCIhFlahpMaNzq2fB
        JDMtyAiqm3Q1vUbLryV8DG4=
        """)

    /// EC P-256, issued by `authority` for TLS clients; O=Glasseye, CN=operator.
    package static let client = der(
        """
        MIICdTCCAV2gAwIBAgIUfC6JTg5i4RJFu7v0ggMcyqMh8ugwDQYJKoZIhvcNAQELBQAwJTERMA8GA1UECgwIR2xhc3NleWUxEDAO
        BgNVBAMMB1Rlc3QgQ0EwIBcNMjYxMTIxMDY0MjA1WhgPMjEyNjEwMjgwNjQyMDVaMCYxETAPBgNVBAoMCEdsYXNzZXllMREwDwYD
        VQQDDAhvcGVyYXRvcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDQbTYCzjPj6m49d4zHIRyF4RSATFnrbG5kPEVM5cipCo9e5
        TxddkfCDMEceaIk3l1os5NFXMhb1vHp+dPT3OamjZTBjMBMGA1UdJQQMMAoGCCsGAQUFBwMCMAwGA1UdEwEB/wQCMAAwHQYDVR0O
        BBYEFGU/kz3EdPNVcUd2IrtDmeRwk6SuMB8GA1UdIwQYMBaAFAGxYj+WUOTqHEi/tEyMEkLbYBo+MA0GCSqGSIb3DQEBCwUAA4IB
        AQBHRY1fOgaUghe4zxj6rnQGgOXxbOLe1ZeG/BTsxPZ2HLWSKd06LODXNQ3V5vS3Llus/kldJH7Yce6zeDBIrypVYYUxhHui46cM
        VgEBukufVVgkbP08EsecvOJKhzMRtYfrk7WQfdn7/gAPO9u6I16QwgFYhJgT2GlBJ19s1rW/Ha9JdnQIvbM5dZMvqLyGjyK2+dc0
        qcJ5G6ERse3EquxNB/6sLwbFptmO0hZOTQ0jj8KlYC82x1faCjCtCp6Hs90meIXKIwMc6FYq+CZTCU1m3Z3/mkOTL1ZhLl4sovpP
        s8fnLETaAhxyy7Oj9YNFRd5AtUGGKiPCQjdrN7gZbTf5
        """)

    /// The private key of `client`, PKCS#8.
    package static let clientKey = der(
        """
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9sVJqGbK5nrkxz6dFSBqVtVpPk1Ey81RLab4lRjgJdOhRANCAAQ0
        G02As4z4+puPXeMxyEcheEUgExZ62xuZDxFTOXIqQqPXuU8XXZHwgzBHHmiJN5daLOTRVzIW9bx6fnT09zmp
        """)

    /// The same, encrypted by `passphrase`: PBES2, PBKDF2 with HMAC-SHA256, AES-128-CBC.
    package static let encryptedClientKey = der(
        """
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgxV0l70MYTfAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIE
        EO8c7vGy7shb+9dKPbjRGbUEgZAb36eViIcltMmcZDt/MLdYkGxi4z3x2vkdmAmvvL5Sc7wGxXRblHJk/P5EmQrNHUeM56vy81U6
        VPLhSbiixic3PMjZiDZCMAyrzbizKwcNwPzQbLcrEgctJqsDvwVJp1GpSOsT7ZOubJToJVbqeRVUU8bUYNWBgwZWq76BBVY3AvQh
        eUgE1NBe2PbOoAniEfY=
        """)

    /// The same, encrypted by PBE-SHA1-3DES, which is not supported.
    package static let oldEncryptedClientKey = der(
        """
        MIGxMBwGCiqGSIb3DQEMAQMwDgQIMCv3bnkNJ8YCAggABIGQS6XT7omsNtUySNEobXavq5RW4vMVUwc6J2BrEjYoDGhwot3841un
        7ZpBB3SmOOvODxSiGtrTddESY3GMIuLFqStNs9wmFws1xcwZSL+wvL7yo7DdxvNHTaY/9kWd2kd/3K9NAp0YGTKdRsOZoRPWd80Z
        8QiE36M9TupI2+bybfZuKVzOd+si1CYD45NvWuK5
        """)

    /// PKCS#12 of `client`, its key and `authority`, as OpenSSL 3.0 writes it: PBES2 and a SHA-256 MAC.
    package static let container = der(
        """
        MIIIbAIBAzCCCCIGCSqGSIb3DQEHAaCCCBMEgggPMIIICzCCBsIGCSqGSIb3DQEHBqCCBrMwggavAgEAMIIGqAYJKoZIhvcNAQcB
        MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjfnh5+M3PMSgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEGD6
        N0y9/32RBjctrYkG3DWAggZAlffp0eq4dyoAXZ1mU20AR5BYWlPpzMgbwVdUbNXWYFEPAWJ9+7nqapfBLYoiFKEX11KBRKN7lgOp
        CX8vfA1+IzuINOiNKZz37eDvcv8+9tB4Q/cO25oj3+Bqkr7HagDt7vZnwcPD/e4lqn2B04G488tBNTuPXz4lqMcXDERqhMcE7jM7
        YtM0LWMTXBaboc5NogF2UPEh2R5OKsSY7UO6X421ZKn4OWYf7pz+u/SKpsGt4P+xk6l6+XYuJ6NRlGGtxJ7iFFbP+opqjTJ0Wxtr
        tYb67cFMRK6LMNSqvbBPAr9a5gU7G0dplKOWV4y8s02a9sxbJjUi4WcfET79GIrx96lGVHLI8TLHH/9K3a09Fo7iWBLOPog1hJyw
        MCku+71sbbyOmpUsxH+QXEmIcW8eZl7FwaAhwD2blE1M3i3r6A15sm2QBzuN2JpJmmkShThWVjrYHYPVWhYa4lBfL/alu2FKiNkV
        tBj5/6UCkDgSuLR1nWEJ4RH8dS6qu3T+vRrKy7sNoveqSONMXolOSrNgyaLlQAF9MkoohkwNzRF5A4ce5d1LfJF2wTQyM4LGVIxI
        00LdKNIUWflM1U6OF1621k4tsbKoHXxO8/s1Y5/o+N82Pshz/5KpUwQmBJTJNWSqNqS+wNYiODd0DWjgWyAv23my2P4DJKHsJdCP
        YBS9z+zV51+KwpvDMmdYzWA1veoSrY7YATvyH9pmYi7vO/ms4gC8CW/Te36qet6joGAJ6Z7LPIPbczzZ03bfWBLBo2brdiL2J7xR
        fu4exFT67n2V8d4Bp7y3hjORjGT0iayDvhB/usICsyHtlGRqnopo2DtQE0k1X6Tlt8TZyLYgdo9hEnP6rKa8e9g/ve2swXbL5P7j
        eTq6JFLbzix8pShW71XpqhEnn9GAeaIm2oeaXuOqlaEnF8VEqrYcM+6L02zlXdQ0IdbyF0M8rp2w+eg6v4TCKatHXmqp8eG9eBfH
        4LAFMC6IZwdJzqwMNyZpqHmqvIg2W6DjDSydiSGE3x6+OJEYqYTByhkBXozEmjfs1E9q3j4UU5/MghZtdWaYUFuKm8vEItskRb00
        2GIkMRuyWKEn3jzCuKCMIdgmrBVSGonszvdTXqpeok7y1fZmFDtuE0hxkVJdbxAJw5AwknAqSBKPTPACiytvXwkhfi4klTTI/sZD
        8R0QcZ9hLl4d9zrYrXkIJ4HvslMnutd1X60d3Rj4g5ITwWbfpz+J/AMejhNKFHBDVbDYGGWzeCWEY6ZGF3wnXWBMD9RLwT5lixdY
        FNpAl/WBdpy+LVbfxhiKVyBvnf4CW9EPLRUl+t2jXsN9cox9T3JmFRldbHd30nk0AitnMLmg7vKgF+MTHQ2LoGmS0HCSmI72Xzes
        6rd/6QUK+ocaqivmoAp2Hdh9p3uCnt38chxr2WEF5l+WPX9D6WdCT8GlKqcx0Puc6X+9Z67oeziydlPgpnUQVx0gE87jDsOtDdRI
        pE/b4kS3VZhfameSp/Xra6wMFismw1ZXAh4BA67x4jiQWp077pIHAh+RIuDdqTFhzgUSrmkRe576bF2pcXCrgUO70biNuHVhiAqk
        nXGVR7XCQDIrGX+n+SK3k++S1f0p9SfPD5cZQ1aw4/YiWi1j2BghoyTvMsWXxM9epChWGbCz2AgWxtuLQtmnGIK6Dgr//Quj7kcl
        q3NG51zaL60pzt5GFauIk2G+xS9Q+e6s9oisv4f9SObXdQHVoGblvK7QPAc4Z5FYgYatin4vxt3sue2fC3Mdticy343Ccz1hm/DZ
        Y2lcMZ0JFo8yA7+lKLJ4bAlP5j5cBHgavf53ZZtzenwYrELpEB/4diPZtkBQXClTxx4Orf2kgqmcssMVbwaL8GwHSPgil1YaZFqx
        RmZBsDGOOIB3S/ceYeB7fv01vHPVFWvz5WKWveqR0vLoVk4tH/3jAL9VA6cgEMgq2BXTXcvV2RG2b/ObPbcsyDIV4YBq3AMmXalE
        /CexhVLyQrvaq+SFAN6zAXuGpyNEscHWNegfZH1LEJrTaoCY8tbxb5/kkBVNBXCAHpf4doLSp8Ar9Ia6heW0YzUOuqlUN4Lf55+0
        D7IyZAm5BGBgEeI2BQgeQCASXTASg+W7zetpELLMkM5T7t0Gzwrm3XjP3TCCAUEGCSqGSIb3DQEHAaCCATIEggEuMIIBKjCCASYG
        CyqGSIb3DQEMCgECoIHvMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjluJtnXoaNQwICCAAwDAYIKoZIhvcNAgkF
        ADAdBglghkgBZQMEASoEEHMhVKhSizj8BqLWnGcyEOkEgZCuDIVrZGqhmR7UlkBuDc1za1X1ei8V1t9hPHatzQoVq6hfvbvicpAY
        uxPMMCv3+q5694xAmGmQeG6Cky8rCa7dT02ZeQmCLLSaRyRgEsAelybztK8/dwIQ0OdUO3a9jTb9jmXgtDiiJ2+x1IkdU7krv/Ac
        dZOLpLvpLKcUV5YNGbLHIaHg8vIHz1wLTiDn9kQxJTAjBgkqhkiG9w0BCRUxFgQU+XSnw3Oys1kaEQtyAud6zo9IjsEwQTAxMA0G
        CWCGSAFlAwQCAQUABCDTdX9v8Quof49PNYlEfpXNNsJh7lqp4VryldZ4/l3iIQQIbQFiYB8S4jECAggA
        """)

    /// PKCS#12 of `client` and its key with RC2 and 3DES, which are not supported.
    package static let oldContainer = der(
        """
        MIIEegIBAzCCBEAGCSqGSIb3DQEHAaCCBDEEggQtMIIEKTCCAx8GCSqGSIb3DQEHBqCCAxAwggMMAgEAMIIDBQYJKoZIhvcNAQcB
        MBwGCiqGSIb3DQEMAQYwDgQI5+nSEdnCWtECAggAgIIC2PmISzDhjKBu4nxgvRHT+BvhggF0P/Vuw5JJP04c+UI/Q0HcZahCKQK0
        WdoGvPIqJW5YXx/cOsPERgwnYsZvVpx9WwWGhM4/fkpIGx3+GxtYFNbVzk+CcJ92Wpt0oiz4uN8kje+fy+H67RhuQa+ZEoAYDtFW
        196ZqYB0WZkQsAefT91eizQPAsny1i6C6UiPIDo5p58uz8CRCmMjidKiXrcbvfm/+YT3idkETnI9ulxm+3rL5vUMMRshbpxMzhKi
        Q0d9N7GpbLpemYdjg3gDGHSeYTmsnJ3GCxqRmrkufK5kImPUTRaaqROx6XCF66qJwfALfnc6+M1Lk0wfwGmg5nAdBj0T5wccYNI0
        HFo6f2B6R3QUmsuDX0SZSiH8mPUufC/yS5jmb47lnExZSHu/xzIOmgFTSyXgXCeCZydVnS819WkAMhtJWvGn+8QZqpgj9lTbfJJu
        rqgPZzymVgOPGcM0Zl5k+V5fpF2Ypg9mPvu51ClZSc/L+FgWW98lfnsYOmicJHp3Z28rwOqas998EzPE3YWy2yQma1zHMDqwkYtL
        8p8b4w22fcpCekYSNVMUH2nYjK0SAfzvqwmOkF98DINCoZaEv1LZk1t74dBP84e7LRJVQfoRla8h8tuBj9Fphxz7hNY+KiSS/Q2B
        q44IJ6A81F/7tRBJJTtN9aVk5ETBpIilT9hU4IhZr4djTVZdXDIVE3NrBXtSnyTPSUWTLuYBlfQmJlN2lgL9mskGu+XDLMHQokFb
        XRiUGCdLUnUGqCpS1eNlHbiA6bcQOKc45VD4Ix2frCMjUK8AfC3UOJ7jk3Ad79BsSU+kypoU4w0NDJ0ZD/3AlzxkLZnVur7Hr8q3
        maH63Rhz7EU3PkONv5mPAcgipsL9vWMj3KHmBYBgS5hrcBcUmJ/tLdfHGepxo57VOIKFXUltt4+HgGmP03g7hhy/M/JzN4A0Hdcw
        KJbhekRLc8MvFhbAMIIBAgYJKoZIhvcNAQcBoIH0BIHxMIHuMIHrBgsqhkiG9w0BDAoBAqCBtDCBsTAcBgoqhkiG9w0BDAEDMA4E
        CH2C45WhjRBgAgIIAASBkDgxrcdcrABrpSEJo79vWjSuRZrT5JUQ4e+5Dse+Ix5X1IUJ3dwV7k4vOPAGWD26vJMaFU/h5FUqxkWr
        rIIvhmXNqHRoTXyLS8CUO5fopy56WkTWoY3BrTFYKbIAqAYvBMdg4XR0peBisMIaG1oU3aBVeACWNKGaP9P5kpqBsO+9+WE9bMBh
        G981oTPyMlvMlzElMCMGCSqGSIb3DQEJFTEWBBT5dKfDc7KzWRoRC3IC53rOj0iOwTAxMCEwCQYFKw4DAhoFAAQUX0hF3QCiT+hz
        aUDopQ46EFlh99EECHEU+rlxNX38AgIIAA==
        """)

    /// A revocation list of `authority` that revokes nothing.
    package static let emptyList = der(
        """
        MIIBfzBpAgEBMA0GCSqGSIb3DQEBCwUAMCUxETAPBgNVBAoMCEdsYXNzZXllMRAwDgYDVQQDDAdUZXN0IENBFw0yNjExMjEwNjQy
        MDVaGA8yMTI2MTAyODA2NDIwNVqgDjAMMAoGA1UdFAQDAgEBMA0GCSqGSIb3DQEBCwUAA4IBAQCRlOlN1iIfg4ahZrl1igwjnLWP
        xi5CfwtoudkMzVkEWP1cz1ogetm0sP+9TCDADyPvN3SFhvBCEUjVGpkq5KPbIC38nOHe70I7nJeqqsWlTKLvHbpzaWCktW9Ewyhl
        1UMXp3mRc18fJLXDRoGX9a56FeLZUv7yN3vUrVAPC5tgss89VYnSjcUiFWVRUYQCoyDQlRobYzR6dxxhxARliMT0ZgH06YzPjYtX
        jknBo92msQTlwhalY2KMHnweSX0pEyEMlOBnUaIryKiwfaiPJQLKa15LV76HAMhUmgSsB+OV3cTZ/hzqsRlX1oK0Lyt5eGBS95Ev
        j7SsxmugfjG8bN48
        """)

    /// A revocation list of `authority` that revokes `client`.
    package static let revokingList = der(
        """
        MIIBqTCBkgIBATANBgkqhkiG9w0BAQsFADAlMREwDwYDVQQKDAhHbGFzc2V5ZTEQMA4GA1UEAwwHVGVzdCBDQRcNMjYxMTIxMDY0
        MjA1WhgPMjEyNjEwMjgwNjQyMDVaMCcwJQIUfC6JTg5i4RJFu7v0ggMcyqMh8ugXDTI2MTEyMTA2NDIwNVqgDjAMMAoGA1UdFAQD
        AgECMA0GCSqGSIb3DQEBCwUAA4IBAQCS69MFKOXTV+5KpVrWBl4I1bjTBw6h7FTdSS0w08MzDaZjfiKcvAU+lF+bWgkvUIms0kai
        EqcIJ5Gg+roHQ9Tg487/h2SLKMxny64mV3WxsuO/UGaxB+7xUu+wX3mG61ulaCTa//u/wNw3PPdQLMb/IRFtBIQ2BWamzWXgwEaa
        fPLTla9AL+nogPnNKJ/AZkNHIrRzDNFslZMZX9C5vmpphxAfABVo0e9DVNts/CoCTHHfN7IxR6JGBeKHkQDj9Re11eLT6UBiL/Rc
        GKhyAIY+SVV4wf1HdFlON48JHfAuAolnwGyfnWjToBTe0XSNB2nxJ6Zp88ALvqmKv0kvTHLH
        """)

    /// Signed by RSASSA-PSS, which is not supported.
    package static let pssCertificate = der(
        """
        MIIDaTCCAhygAwIBAgIUP7DWTH4ILwaERW4ZJ4TSs77tU14wQgYJKoZIhvcNAQEKMDWgDzANBglghkgBZQMEAgEFAKEcMBoGCSqG
        SIb3DQEBCDANBglghkgBZQMEAgEFAKIEAgIA3jAOMQwwCgYDVQQDDANwc3MwIBcNMjYxMTIxMDY0MjA1WhgPMjEyNjEwMjgwNjQy
        MDVaMA4xDDAKBgNVBAMMA3BzczCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAKLx8T63xPN+/aYVhGOf0d9WPLL72WbS
        D2mv0JoW5UPJdN1cw7p/yxdC0IWjNJStkWtYeDs01aouY+1lz2UzQJ9YU7LkLeY1e/G4IYPuyM2ypv3aR0716n7SU+suVVwwpERw
        2HONJwvaFKPdXgVtMnNnCqLXMLwemhDmfvt/NIPFbUpPDnWGooFLRCs3T3ujUaR3vM6SxupXlqiQbjWoLHWQ7a737B6+Ixld/4Op
        i2VZdjhjsiWpWXkPxH9poOkehYAH43spQuoiQ1qgRsEdNx/9qKD+GAmazysDiXZ8sGXYbo9tUzbF9yPb30HbAoyhjE1WQwZywTQU
        Qd4s1y99a4UCAwEAAaNTMFEwHQYDVR0OBBYEFAGxYj+WUOTqHEi/tEyMEkLbYBo+MB8GA1UdIwQYMBaAFAGxYj+WUOTqHEi/tEyM
        EkLbYBo+MA8GA1UdEwEB/wQFMAMBAf8wQgYJKoZIhvcNAQEKMDWgDzANBglghkgBZQMEAgEFAKEcMBoGCSqGSIb3DQEBCDANBglg
        hkgBZQMEAgEFAKIEAgIA3gOCAQEAlKr6KjAZn1GWy8XwrdqN2kWkbdJxibgOUQOkB25MLg4N5RCuVoTmiolB2YEX0LVY6wHJJxjM
        OA5rq+dU9g5Ql9s7b4v6KedAQRZWhWGZew+avTy01l7pVj2yuS+z0TCZJmN2hqKcrICfKppWAwZPBUIzVPxinRHRbxXftAeTn/N5
        GOhLm0cK2dDGly2YolKcBtTn8rbPn20eHw64jAZrNNwmBa32uobHgbWOw3u3IBebeCeoYew8hOIUEXkq/c6IVmBvOnu9Dg9IHVXh
        7LjfquT6hcMM8sp3QVrdNd0o4XbasJE4rZiVs6HU4x/sf1e4As/cTZg0u21UzC8YkK7TrQ==
        """)

    /// An Ed25519 key, which is not supported, issued by `authority`.
    package static let edwardsCertificate = der(
        """
        MIIBwDCBqQIUfC6JTg5i4RJFu7v0ggMcyqMh8ukwDQYJKoZIhvcNAQELBQAwJTERMA8GA1UECgwIR2xhc3NleWUxEDAOBgNVBAMM
        B1Rlc3QgQ0EwIBcNMjYxMTIxMDY0MjA1WhgPMjEyNjEwMjgwNjQyMDVaMA0xCzAJBgNVBAMMAmVkMCowBQYDK2VwAyEAOhZ6Dvh6
        CBvPpkTEa4QJ2aNfsufFAv+q3mz7a0aKbEIwDQYJKoZIhvcNAQELBQADggEBAEXm8EgEqzXBn4EhyqpjLQLAk2f1CCFKi6U63URF
        /k4orGQGdl6P+wrZvRug6N1GhABo27BLyEEwEXT90LJg7UcQ4gbImwAE9LX79x0ON8ZdEkGrQDV8rbv8cizOxzZajS9DJPW4tGnN
        iJmffHHBYRqm+wBM9IvBE8ChSo7hbaF2mV+ILg723/dkAqizcnfBL4Q3t+s/JmdC9ECwslYTUkcVq9bOvxsSmYpvOYJsfDyuSSsr
        h+cqsklPc3dnA0ahA7SKTEXy/8Y+iHciNh5dquGrMzqt5wOVPq41r33I44s8L2fB/4IDbuG1/c0MJIyLSq+hYTIzGDI73r1MnpIi
        4BU=
        """)

    private static func der(_ text: String) -> Data {
        guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
            preconditionFailure("a fixture is base64")
        }
        return data
    }
}
