-- Customer events by the status taken and the hour of arrival (UTC), the latest hour first.
SELECT year, month, day, hour, status, count(*) AS events
FROM customers
GROUP BY year, month, day, hour, status
ORDER BY year DESC, month DESC, day DESC, hour DESC, status
