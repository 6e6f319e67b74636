"""Athena as a person uses it from boto3: tables made, filled, read and dropped. Takes nothing but the environment."""

import json
import time

import boto3

s3 = boto3.client("s3")
athena = boto3.client("athena")
s3.create_bucket(Bucket="lake")


def run(sql, **options):
    id = athena.start_query_execution(
        QueryString=sql,
        QueryExecutionContext={"Database": "shop"},
        ResultConfiguration={"OutputLocation": "s3://lake/results/"},
        **options,
    )["QueryExecutionId"]
    while True:
        execution = athena.get_query_execution(QueryExecutionId=id)["QueryExecution"]
        if execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
            break
        time.sleep(0.02)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    pages = athena.get_paginator("get_query_results").paginate(QueryExecutionId=id, PaginationConfig={"PageSize": 2})
    rows = [row for page in pages for row in page["ResultSet"]["Rows"]]
    return execution, [[value.get("VarCharValue") for value in row["Data"]] for row in rows]


run("CREATE DATABASE shop")
run(
    """CREATE EXTERNAL TABLE orders (id int, note string) PARTITIONED BY (day date)
    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/orders/'"""
)
run("INSERT INTO orders VALUES (1, 'one', DATE '2026-02-04'), (2, NULL, DATE '2026-02-05')")
created, _ = run("CREATE TABLE copies WITH (format = 'PARQUET') AS SELECT * FROM orders")
_, rows = run("SELECT * FROM copies WHERE id > ? ORDER BY id", ExecutionParameters=["0"])
_, partitions = run("SHOW PARTITIONS orders")
unloaded, _ = run("UNLOAD (SELECT id FROM orders) TO 's3://lake/unloaded/' WITH (format = 'PARQUET')")
manifest = unloaded["Statistics"]["DataManifestLocation"].removeprefix("s3://lake/")
listed = s3.get_object(Bucket="lake", Key=manifest)["Body"].read().decode().splitlines()
tables = athena.list_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="shop")["TableMetadataList"]
run("DROP TABLE copies")
print(
    json.dumps(
        {
            "kind": created["SubstatementType"],
            "rows": rows,
            "partitions": partitions,
            "unloaded": [s3.head_object(Bucket="lake", Key=uri.removeprefix("s3://lake/"))["ContentType"] for uri in listed],
            "tables": [table["Name"] for table in tables],
        }
    )
)
