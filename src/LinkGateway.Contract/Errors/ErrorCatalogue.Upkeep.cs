namespace LinkGateway.Contract.Errors;

/// <content>What is done by itself: watched folders, retention.</content>
public static partial class ErrorCatalogue
{
    /// <summary>A file in a watched folder has a name that its watch does not expect.</summary>
    public static readonly ErrorEntry WatchedNameUnfit = new("LG-1401", FaultSide.Sender,
        "The file {0} is not taken in by the watch {1}: {2}. Rename the file, or correct namePattern of the watch.",
        "ファイル {0} は監視 {1} で取り込めません: {2}。ファイル名を変更するか、監視の namePattern を修正してください。");

    /// <summary>A file in a watched folder was written to while it was taken in.</summary>
    public static readonly ErrorEntry WatchedFileChanged = new("LG-1402", FaultSide.Sender,
        "The file {0} changed while it was taken in, and is looked at again. Write it under another name and rename it when it is whole.",
        "ファイル {0} は取り込み中に変更されたため、再度確認します。別名で書き込み、完了後に名前を変更してください。");
}
