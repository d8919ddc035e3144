/// Makes the constants of the reference core from drawn identities.
@main
struct Trainer {
    static func main() {}
}
