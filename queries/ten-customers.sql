-- Ten customer events, as they lie in the lake: the article's query.
SELECT * FROM customers LIMIT 10
