<?php

declare(strict_types=1);

/**
 * SOAP with Attachments for PHP, whose SoapClient cannot send any: the message of the next call goes out as multipart/related by curl, and
 * the attachment is read from the file while it is sent, so that its size does not matter.
 */
final class SwaSoapClient extends SoapClient
{
    private ?array $attachment = null;

    /** @param array $curl options for curl: credentials, the CA to trust, time-outs */
    public function __construct(?string $wsdl, array $options, private readonly array $curl, private readonly bool $chunked = false)
    {
        parent::__construct($wsdl, $options);
    }

    /** Attaches a part of a file to the next call; gives the reference to be put into the swaRef element. */
    public function attach(string $path, int $offset = 0, ?int $length = null): string
    {
        $id = bin2hex(random_bytes(16)) . '@linkgateway-client';
        $this->attachment = [$id, $path, $offset, $length ?? filesize($path) - $offset];
        return "cid:$id";
    }

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        if ($this->attachment === null) {
            return parent::__doRequest($request, $location, $action, $version, $oneWay);
        }
        [$id, $path, $offset, $length] = $this->attachment;
        $this->attachment = null;
        $type = $version === SOAP_1_2 ? 'application/soap+xml' : 'text/xml';
        $boundary = '=_' . bin2hex(random_bytes(16));
        $before = "--$boundary\r\nContent-Type: $type; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root>\r\n\r\n"
            . "$request\r\n--$boundary\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
            . "Content-ID: <$id>\r\n\r\n";
        $after = "\r\n--$boundary--\r\n";
        $headers = ["Content-Type: multipart/related; type=\"$type\"; start=\"<root>\"; boundary=\"$boundary\""];
        if ($version === SOAP_1_1) {
            $headers[] = "SOAPAction: \"$action\"";
        }
        $size = strlen($before) + $length + strlen($after);
        return $this->post($location, $headers, $size, $this->pieces($before, $path, $offset, $length, $after));
    }

    private function post(string $location, array $headers, int $size, Generator $pieces): string
    {
        $rest = '';
        $curl = curl_init($location);
        curl_setopt_array($curl, $this->curl + [
            CURLOPT_UPLOAD => true,
            CURLOPT_CUSTOMREQUEST => 'POST',
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_READFUNCTION => function ($curl, $file, int $wanted) use ($pieces, &$rest): string {
                while ($rest === '' && $pieces->valid()) {
                    $rest = $pieces->current();
                    $pieces->next();
                }
                $piece = substr($rest, 0, $wanted);
                $rest = substr($rest, strlen($piece));
                return $piece;
            },
        ]);
        if ($this->chunked) {
            $headers[] = 'Transfer-Encoding: chunked';
        } else {
            curl_setopt($curl, CURLOPT_INFILESIZE, $size);
        }
        curl_setopt($curl, CURLOPT_HTTPHEADER, $headers);
        $answer = curl_exec($curl);
        if ($answer === false) {
            // As SoapClient itself reports what is no answer.
            throw new SoapFault('HTTP', curl_error($curl));
        }
        return $answer;
    }

    private function pieces(string $before, string $path, int $offset, int $length, string $after): Generator
    {
        yield $before;
        $file = fopen($path, 'rb');
        fseek($file, $offset);
        while ($length > 0) {
            $piece = fread($file, min($length, 256 * 1024));
            if ($piece === false || $piece === '') {
                throw new RuntimeException("$path became shorter while it was sent");
            }
            $length -= strlen($piece);
            yield $piece;
        }
        fclose($file);
        yield $after;
    }
}
