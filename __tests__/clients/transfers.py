"""Moves objects about on local AWS as boto3's users do, and prints what came of it, as JSON."""

import io
import json
import os
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
told = {}
for name in ("first", "second"):
    s3.create_bucket(Bucket=name)

large = os.urandom(20_000_000)
parts = TransferConfig(multipart_threshold=5 * 1024 * 1024, multipart_chunksize=6 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(large), "first", "large", Config=parts, ExtraArgs={"Metadata": {"a": "b"}})
s3.copy({"Bucket": "first", "Key": "large"}, "second", "copy", Config=parts)
back = io.BytesIO()
s3.download_fileobj("second", "copy", back, Config=parts)
told["same"] = back.getvalue() == large
head = s3.head_object(Bucket="second", Key="copy")
told["parts"] = head["ETag"].strip('"').split("-")[1]

for algorithm in ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"):
    try:
        s3.upload_fileobj(
            io.BytesIO(large), "first", algorithm, Config=parts, ExtraArgs={"ChecksumAlgorithm": algorithm}
        )
        told[algorithm] = s3.head_object(Bucket="first", Key=algorithm, ChecksumMode="ENABLED")["ChecksumType"]
    except Exception as error:  # One that needs a package that is not there.
        told[algorithm] = type(error).__name__

bucket = boto3.resource("s3").Bucket("first")
told["deleted"] = len(bucket.objects.all().delete()[0]["Deleted"])
for number in range(33):
    bucket.put_object(Key=f"{number % 3}/{number:02}", Body=b"x")
told["listed"] = sum(1 for _ in bucket.objects.page_size(10))
told["filtered"] = [item.key for item in bucket.objects.filter(Prefix="2/", Marker="2/29")]
pages = s3.get_paginator("list_objects").paginate(Bucket="first", Delimiter="/", PaginationConfig={"PageSize": 2})
told["folders"] = [common["Prefix"] for page in pages for common in page.get("CommonPrefixes", [])]
bucket.objects.filter(Prefix="1/").delete()
told["left"] = sum(1 for _ in bucket.objects.all())

url = s3.generate_presigned_url("get_object", Params={"Bucket": "second", "Key": "copy"})
told["signed"] = url.startswith(os.environ["AWS_ENDPOINT_URL"])
with urllib.request.urlopen(url) as answer:
    told["read"] = answer.read() == large
expired = s3.generate_presigned_url("get_object", Params={"Bucket": "second", "Key": "copy"}, ExpiresIn=-1)
try:
    urllib.request.urlopen(expired)
except urllib.error.HTTPError as error:
    told["expired"] = [error.code, "Request has expired" in error.read().decode()]

s3.put_object(Bucket="second", Key="tagged", Body=b"x", Tagging="a=1&b=two%20words")
told["tags"] = s3.get_object_tagging(Bucket="second", Key="tagged")["TagSet"]
attributes = s3.get_object_attributes(Bucket="second", Key="tagged", ObjectAttributes=["ETag", "ObjectSize"])
told["size"] = attributes["ObjectSize"]
part = s3.get_object(Bucket="second", Key="copy", PartNumber=4)
told["last part"] = [part["PartsCount"], part["Body"].read() == large[3 * 6 * 1024 * 1024 :]]
try:
    s3.get_object(Bucket="second", Key="none")
except ClientError as error:
    told["missing"] = error.response["Error"]["Code"]

print(json.dumps(told))
