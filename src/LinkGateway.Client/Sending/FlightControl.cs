namespace LinkGateway.Client.Sending;

/// <summary>
/// How many chunks may be in flight: few at first, more while that brings more goodput, fewer when fewer bring as much. Not thread-safe;
/// knows no clock.
/// </summary>
/// <remarks>
/// It measures the bytes answered for over two windows' worth of chunks, after it has let one window pass that began under the number
/// before. One step is tried at a time and taken back when it does not pay: doubling at first, then by one, up and down in turn. A step up
/// must bring 3 %, as noise brings less; a step down may cost 2 % of the best rate seen lately, so that small losses do not add up.
/// </remarks>
sealed class FlightControl
{
    const int First = 2;
    const int EpochsBetweenTrials = 3;
    const double WorthOneMore = 1.03;
    const double GoodAsBest = 0.98;

    // The best rate is forgotten slowly: a line that became slower is judged by what it gives now.
    const double Fading = 0.99;

    readonly int _max;
    int _triedFrom;
    bool _doubling = true;
    bool _downNext;
    int _epochsToTrial;
    double _reference;
    double _best;
    int _toPass;
    int _measured;
    long _bytes;
    TimeSpan _began;

    public FlightControl(int max)
    {
        _max = max;
        Window = Math.Min(First, max);
        _toPass = Window;
    }

    /// <summary>Chunks that may be in flight now.</summary>
    public int Window { get; private set; }

    /// <summary>A chunk is durable at the gateway.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="at">When the answer came, from any fixed instant.</param>
    public void Completed(long bytes, TimeSpan at)
    {
        if (_toPass > 0)
        {
            _toPass--;
            _began = at;
            return;
        }

        _bytes += bytes;
        _measured++;
        var elapsed = at - _began;
        if (_measured < 2 * Window || elapsed <= TimeSpan.Zero) return;
        Judge(_bytes / elapsed.TotalSeconds);
        (_measured, _bytes, _began) = (0, 0, at);
    }

    /// <summary>A chunk had to be sent again: the line broke, or the gateway has too much to do.</summary>
    public void Troubled()
    {
        // A cut takes every chunk in flight with it; that is one trouble.
        if (_toPass > 0) return;
        _doubling = false;
        Settle(Math.Max(1, Window / 2));
        Restart();
    }

    void Judge(double rate)
    {
        _best = Math.Max(rate, _best * Fading);
        if (_triedFrom == 0)
        {
            _reference = rate;
            if (_doubling || --_epochsToTrial <= 0) Try();
        }
        else if (Window > _triedFrom ? rate >= _reference * WorthOneMore : rate >= _best * GoodAsBest)
        {
            _reference = rate;
            // What paid is tried again at once.
            _downNext = Window < _triedFrom;
            Try();
        }
        else
        {
            _doubling = false;
            Settle(_triedFrom);
            Restart();
        }
    }

    void Try()
    {
        if (Window == _max) _doubling = false;
        var next = _doubling ? Math.Min(2 * Window, _max) : Window + (_downNext ? -1 : 1);
        _downNext = !_downNext && !_doubling;
        if (next < 1 || next > _max)
        {
            Settle(Window);
            return;
        }

        (_triedFrom, Window) = (Window, next);
        Restart();
    }

    void Settle(int window) => (Window, _triedFrom, _epochsToTrial) = (window, 0, EpochsBetweenTrials);

    void Restart() => (_toPass, _measured, _bytes) = (Window, 0, 0);
}
