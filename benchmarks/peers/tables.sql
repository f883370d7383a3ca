-- The peers' tables: the same town in normal form.
CREATE SCHEMA peer;
SET search_path = peer;

CREATE TABLE merchant (id bigint PRIMARY KEY, name varchar(120) NOT NULL);
CREATE TABLE station (id bigint PRIMARY KEY, name varchar(120) NOT NULL, phone varchar(20) NOT NULL);
CREATE TABLE unit (
    id bigint PRIMARY KEY,
    merchant_id bigint NOT NULL,
    station_id bigint NOT NULL,
    name varchar(80) NOT NULL,
    category varchar(40) NOT NULL,
    county_code varchar(6) NOT NULL,
    address varchar(200) NOT NULL,
    lng double precision NOT NULL,
    lat double precision NOT NULL,
    phone varchar(20) NOT NULL,
    website varchar(300),
    opening_hours varchar(80)
);
CREATE TABLE commitment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id bigint NOT NULL, position integer NOT NULL, code varchar(40) NOT NULL, days integer
);
CREATE TABLE certificate (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id bigint NOT NULL, number varchar(40) NOT NULL UNIQUE, state varchar(20) NOT NULL,
    issued_on date NOT NULL, valid_until date NOT NULL, ground varchar(10), reason_on date
);
CREATE TABLE badge (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id bigint NOT NULL, token varchar(40) NOT NULL UNIQUE, serial varchar(30) NOT NULL UNIQUE,
    placement varchar(40) NOT NULL, voided_at timestamptz
);
CREATE TABLE rating (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id bigint NOT NULL, stars smallint NOT NULL, proof varchar(10) NOT NULL, rated_on date NOT NULL
);
CREATE TABLE complaint (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id bigint NOT NULL, state varchar(20) NOT NULL, unanswered boolean NOT NULL
);
CREATE TABLE scan (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    badge_id bigint NOT NULL, at timestamptz NOT NULL
);
