"""Puts records to a delivery stream with boto3's client and prints what came of them, as JSON."""

import gzip
import json
import time

import boto3

firehose, s3 = boto3.client("firehose"), boto3.client("s3")
told = {}

s3.create_bucket(Bucket="plain")
role = "arn:aws:iam::000000000000:role/firehose"
firehose.create_delivery_stream(
    DeliveryStreamName="direct",
    DeliveryStreamType="DirectPut",
    ExtendedS3DestinationConfiguration={
        "RoleARN": role,
        "BucketARN": "arn:aws:s3:::plain",
        "Prefix": "events/",
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
        "CompressionFormat": "GZIP",
    },
)
records = [{"Data": json.dumps({"id": id}).encode() + b"\n"} for id in range(100)]
put = firehose.put_record_batch(DeliveryStreamName="direct", Records=records)
told["failed"] = put["FailedPutCount"]
told["ids"] = len({entry["RecordId"] for entry in put["RequestResponses"]})

keys = []
deadline = time.time() + 30
while not keys and time.time() < deadline:
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket="plain").get("Contents", [])]
    time.sleep(0.1)
told["keys"] = keys
item = s3.get_object(Bucket="plain", Key=keys[0])
told["encoding"] = item["ContentEncoding"]
lines = gzip.decompress(item["Body"].read()).decode().splitlines()
told["same"] = [json.loads(line)["id"] for line in lines] == list(range(100))

try:
    firehose.put_record_batch(DeliveryStreamName="other", Records=records)
except firehose.exceptions.ResourceNotFoundException as error:
    told["missing"] = error.response["Error"]["Message"]
try:
    firehose.put_record_batch(DeliveryStreamName="direct", Records=[{"Data": b"x" * 1_000_000}] * 5)
except firehose.exceptions.InvalidArgumentException as error:
    told["large"] = error.response["Error"]["Message"]

print(json.dumps(told))
