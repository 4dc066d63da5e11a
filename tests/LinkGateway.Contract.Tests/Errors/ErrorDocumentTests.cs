using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Tests.Errors;

/// <summary>Keeps <c>docs/errors.md</c> what the catalogue says.</summary>
public sealed class ErrorDocumentTests
{
    const string Regenerate = "LINKGATEWAY_WRITE_DOCS";

    const string Head = $"""
        # Errors / エラー一覧

        Every refusal carries one of these codes: in the SOAP fault's detail (`batchFault/code`), in logs and on screens. A code never
        changes its meaning. `{"{0}"}`, `{"{1}"}` … stand for the values of the case.

        すべての拒否には次のコードのいずれかが付きます(SOAP フォルトの `batchFault/code`、ログ、画面)。コードの意味は変わりません。
        `{"{0}"}`、`{"{1}"}` … にはその時の値が入ります。

        | side / 原因側 | fault code, SOAP 1.1 / 1.2 | the same request again / 同じ要求の再試行 |
        |---|---|---|
        | sender / 送信側 | Client / Sender | fails again / 再び失敗します |
        | gateway / ゲートウェイ | Server / Receiver | may help / 成功する可能性があります |
        | receiver / 受信側 | Server / Receiver | may help / 成功する可能性があります |

        Made from the catalogue; `{Regenerate}=1 dotnet test tests/LinkGateway.Contract.Tests` writes this file anew.

        """;

    [Fact]
    public void The_document_of_errors_is_that_of_the_catalogue()
    {
        var path = Path.Combine(RepositoryFolder(), "docs", "errors.md");
        var expected = Document();
        if (Environment.GetEnvironmentVariable(Regenerate) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    static string Document() =>
        Head + string.Concat(ErrorCatalogue.All.Values.GroupBy(entry => entry.Code[3]).Select(group =>
            $"\n## LG-{group.Key}xxx {Title(group.Key)}\n\n| code | side | English | 日本語 |\n|---|---|---|---|\n"
            + string.Concat(group.Select(entry => $"| {entry.Code} | {Side(entry.Side)} | {entry.English} | {entry.Japanese} |\n"))));

    static string Title(char group) => group switch
    {
        '1' => "What the sender wrote / 送信内容",
        '2' => "Transfers and chunks / 転送とチャンク",
        '3' => "Who may do what / 権限と経路",
        '4' => "Limits / 上限",
        '5' => "The gateway's own trouble / ゲートウェイ側の問題",
        '6' => "The receiver's side / 受信側の問題",
        '7' => "Operators' orders / 運用者の指示",
        _ => throw new ArgumentOutOfRangeException(nameof(group)),
    };

    static string Side(FaultSide side) => side switch
    {
        FaultSide.Sender => "sender",
        FaultSide.Gateway => "gateway",
        FaultSide.Receiver => "receiver",
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LinkGateway.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
