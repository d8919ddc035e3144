import ONVIF

extension Mutation {
    static let securityMutations: [Mutation] = [
        Mutation(
            .acceptsTokenWithoutNonce, "a UsernameToken without Nonce is accepted",
            .accepting { $0.nonce == nil }),
        Mutation(
            .acceptsTokenWithoutCreated, "a UsernameToken without Created is accepted",
            .accepting { $0.created == nil }),
        Mutation(
            .acceptsPasswordText, "a UsernameToken with the password in the clear is accepted",
            .accepting { $0.passwordType?.hasSuffix("#PasswordText") ?? false }),
        Mutation(
            .refusesEveryToken, "no UsernameToken is accepted",
            .access { decision, access, credentials, _ in
                access != .preAuth && credentials.usernameToken != nil ? .fault(.notAuthorized) : decision
            }),
        Mutation(
            .refusesByFaultOnly, "a request without credentials gets a fault with HTTP 400 instead of a challenge",
            .access { decision, _, _, _ in
                if case .challenge = decision { .fault(.notAuthorized) } else { decision }
            }),
        Mutation(
            .challengeMissing, "HTTP 401 comes without WWW-Authenticate",
            .challenging { _ in nil }),
        Mutation(
            .challengeWithoutNonce, "the Digest challenge has no nonce",
            .challenging { $0.replacing("nonce=", with: "once=") }),
        Mutation(
            .challengeWithoutRealm, "the Digest challenge has no realm",
            .challenging { $0.replacing("realm=", with: "real=") }),
        Mutation(
            .refusesEveryDigest, "no HTTP Digest is accepted",
            .access { decision, access, credentials, _ in
                if access != .preAuth, credentials.authorization != nil { .challenge([]) } else { decision }
            }),
        Mutation(
            .anonymousMayDoAll, "a request without credentials is always allowed",
            .access { decision, _, credentials, _ in
                credentials.authorization == nil && credentials.usernameToken == nil ? .allowed(nil) : decision
            }),
        Mutation(
            .refusesUsersByFault, "users of a level too low get a fault with HTTP 400 instead of HTTP 401",
            .access { decision, _, credentials, users in
                guard case .challenge = decision, let authorization = credentials.authorization,
                    users.contains(where: { $0.level != .administrator && $0.isNamed(in: authorization) })
                else { return decision }
                return .fault(.notAuthorized)
            }),
        Mutation(
            .userMayDoAll, "a user of the level User is allowed everything",
            .promoting(.user)),
        Mutation(
            .operatorMayDoAll, "a user of the level Operator is allowed everything",
            .promoting(.operator)),
        Mutation(
            .preAuthNeedsCredentials, "what needs no authentication is refused without credentials",
            .access { decision, access, credentials, _ in
                access == .preAuth && credentials.authorization == nil && credentials.usernameToken == nil
                    ? .fault(.notAuthorized) : decision
            }),
        Mutation(
            .hostnameIsSecret, "GetHostname is refused to all",
            .exchange(operation: "GetHostname", service: .device) { $0.result = .failure(.notAuthorized) }),
        Mutation(
            .createUsersForgets, "CreateUsers changes nothing",
            .forgets("CreateUsers")),
        Mutation(
            .createUsersMakesAdministrators, "every new user is an administrator",
            .exchange(operation: "CreateUsers", service: .device) { exchange in
                for index in exchange.after.system.users.indices {
                    exchange.after.system.users[index].level = .administrator
                }
            }),
        Mutation(
            .createUsersRefuses, "CreateUsers refuses everything",
            .refuses("CreateUsers")),
        Mutation(
            .createUsersClaimsTooMany, "CreateUsers says TooManyUsers though there is room",
            .exchange(operation: "CreateUsers", service: .device) { exchange in
                exchange.after = exchange.before
                exchange.result = .failure(.receiver("Action", "TooManyUsers", reason: "there is no room"))
            }),
        Mutation(
            .deleteUsersRefuses, "DeleteUsers refuses everything",
            .refuses("DeleteUsers")),
    ]
}

extension Mutation.Rule {
    /// A refused token is accepted where it has the defect.
    fileprivate static func accepting(_ hasDefect: @escaping @Sendable (UsernameTokenHeader) -> Bool) -> Self {
        .access { decision, _, credentials, users in
            guard case .fault = decision, let token = credentials.usernameToken, hasDefect(token),
                let user = users.first(where: { $0.name == token.username })
            else { return decision }
            return .allowed(user)
        }
    }

    /// The challenges are changed, or left out.
    fileprivate static func challenging(_ change: @escaping @Sendable (String) -> String?) -> Self {
        .access { decision, _, _, _ in
            if case .challenge(let challenges) = decision {
                .challenge(challenges.compactMap(change))
            } else {
                decision
            }
        }
    }

    /// Users of that level may do what only administrators may.
    fileprivate static func promoting(_ level: UserLevel) -> Self {
        .access { decision, _, credentials, users in
            guard case .challenge = decision, let authorization = credentials.authorization,
                let user = users.first(where: { $0.level == level && $0.isNamed(in: authorization) })
            else { return decision }
            return .allowed(user)
        }
    }
}

extension User {
    /// Whether the Authorization header is of this user.
    fileprivate func isNamed(in authorization: String) -> Bool { authorization.contains("username=\"\(name)\"") }
}
