using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Statements;

/// <summary>What the signature covers: the statement and the id of the key that signs it.</summary>
sealed record KeyedStatement(StatementContent Content, Sha256Digest KeyId);
