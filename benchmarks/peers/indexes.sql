-- Made when the tables are full: quicker, and the pages come out packed.
SET search_path = peer;

ALTER TABLE unit ADD FOREIGN KEY (merchant_id) REFERENCES merchant, ADD FOREIGN KEY (station_id) REFERENCES station;
ALTER TABLE commitment ADD FOREIGN KEY (unit_id) REFERENCES unit;
ALTER TABLE certificate ADD FOREIGN KEY (unit_id) REFERENCES unit;
ALTER TABLE badge ADD FOREIGN KEY (unit_id) REFERENCES unit;
ALTER TABLE rating ADD FOREIGN KEY (unit_id) REFERENCES unit;
ALTER TABLE complaint ADD FOREIGN KEY (unit_id) REFERENCES unit;
ALTER TABLE scan ADD FOREIGN KEY (badge_id) REFERENCES badge;
CREATE INDEX ON commitment (unit_id, position);
CREATE INDEX ON certificate (unit_id, issued_on DESC);
CREATE INDEX ON badge (unit_id);
CREATE INDEX ON rating (unit_id);
CREATE INDEX ON complaint (unit_id);
CREATE INDEX ON scan (badge_id, at);
