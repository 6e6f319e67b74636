"""Takes one event through local AWS with boto3's clients and prints what each of them said, as JSON."""

import json
import sys
import time

import boto3

stream, bucket, database, workgroup = sys.argv[1:]
kinesis, s3, glue, athena = (boto3.client(name) for name in ("kinesis", "s3", "glue", "athena"))
told = {}

event = {"uuid": "boto-1", "event_date": "2026-02-04T21:35:54.759Z", "name": "Zo\u00eb"}
put = kinesis.put_records(
    StreamName=stream, Records=[{"Data": json.dumps(event).encode(), "PartitionKey": event["uuid"]}]
)
told["failed"] = put["FailedRecordCount"]
shard = kinesis.list_shards(StreamName=stream)["Shards"][0]["ShardId"]
iterator = kinesis.get_shard_iterator(StreamName=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
records = kinesis.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
told["read"] = [json.loads(record["Data"]) == event for record in records]

keys = []
deadline = time.time() + 30
while not keys and time.time() < deadline:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="customers/")
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    time.sleep(0.1)
told["keys"] = keys
body = s3.get_object(Bucket=bucket, Key=keys[0])["Body"].read()
told["magic"] = [body[:4].decode(), body[-4:].decode()]

odd = "odd/\u00fc + &?=%/\u2028.txt"
s3.put_object(Bucket=bucket, Key=odd, Body=b"odd", Metadata={"a": "b"})
told["odd"] = s3.list_objects_v2(Bucket=bucket, Prefix="odd/")["Contents"][0]["Key"] == odd
told["metadata"] = s3.head_object(Bucket=bucket, Key=odd)["Metadata"]
s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": odd}]})

table = glue.get_table(DatabaseName=database, Name="customers")["Table"]
told["columns"] = [column["Name"] for column in table["StorageDescriptor"]["Columns"]]
told["partitions"] = [column["Name"] for column in table["PartitionKeys"]]

query = athena.start_query_execution(
    QueryString="SELECT uuid, event_date, name FROM customers WHERE uuid = ?",
    ExecutionParameters=["'boto-1'"],
    QueryExecutionContext={"Database": database},
    WorkGroup=workgroup,
)["QueryExecutionId"]
state = "QUEUED"
while state in ("QUEUED", "RUNNING"):
    time.sleep(0.05)
    state = athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]["State"]
told["state"] = state
results = athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"]
told["rows"] = [[cell.get("VarCharValue") for cell in row["Data"]] for row in results]

try:
    kinesis.register_stream_consumer(StreamARN="arn:aws:kinesis:us-east-1:000000000000:stream/a", ConsumerName="b")
except Exception as error:
    told["refused"] = str(error)

print(json.dumps(told))
