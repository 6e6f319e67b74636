-- The customers who have taken a status, the latest first.
-- @param status varchar  The status: Active, Inactive or Canceled.
-- @param since timestamp  Only those who took it at this moment or later, UTC.
-- @param hours hours  When the events arrived; all of the time unless it is given.
SELECT event_date, uuid, name, last_name, email
FROM customers
WHERE status = /* status */ 'Active'
  AND event_date >= /* since */ TIMESTAMP '2000-01-01 00:00:00'
  AND /* hours */ true
ORDER BY event_date DESC
LIMIT 100
