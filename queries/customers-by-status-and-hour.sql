-- Customer events by the status taken and the hour of arrival (UTC), the latest hour first.
-- @param hours hours  When the events arrived; all of the time unless it is given.
SELECT year, month, day, hour, status, count(*) AS events
FROM customers
WHERE /* hours */ true
GROUP BY year, month, day, hour, status
ORDER BY year DESC, month DESC, day DESC, hour DESC, status
