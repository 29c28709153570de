#include "tools/report/policy_tables.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

const Date kJune = *parse_date("2025-06-15"), kJuly = *parse_date("2025-07-01");

std::string table_of(const PolicyAccount& account, const std::string& name) {
  for (const auto& table : policy_tables(account)) {
    if (table.name() == name) return to_csv(table);
  }
  return "no such table";
}

TEST_CASE("policy tables: applications are counted where they are filed and where decided",
          "[report][policy]") {
  PolicyAccount account;
  pb::Fact fact;
  auto& filed = *fact.mutable_filed();
  filed.set_order("o");
  filed.set_device("h20");
  filed.set_rule("letter");
  filed.set_units(100);
  add_policy(fact, kJune, account);
  pb::Fact decided;
  decided.mutable_decided()->set_order("o");
  decided.mutable_decided()->set_device("h20");
  decided.mutable_decided()->set_rule("letter");
  decided.mutable_decided()->set_units(100);
  decided.mutable_decided()->set_outcome(pb::DecidedFact::REFUSED);
  add_policy(decided, kJuly, account);
  CHECK(table_of(account, "licenses") ==
        "month,order,device,rule,exception,filed_packages,granted_packages,refused_packages,"
        "void_packages\n"
        "2025-06,o,h20,letter,,100,0,0,0\n"
        "2025-07,o,h20,letter,,0,0,100,0\n");
}

TEST_CASE("policy tables: a quota's month has what left, what waits and what is left",
          "[report][policy]") {
  PolicyAccount account;
  for (const double left : {30.0, 5.0}) {
    pb::Fact fact;
    fact.mutable_quota_drawn()->set_quota("half");
    fact.mutable_quota_drawn()->set_device("h200");
    fact.mutable_quota_drawn()->set_units(25);
    fact.mutable_quota_drawn()->set_left(left);
    add_policy(fact, kJune, account);
  }
  pb::Fact empty;
  empty.mutable_quota_empty()->set_quota("half");
  empty.mutable_quota_empty()->set_device("h200");
  empty.mutable_quota_empty()->set_units(7);
  add_policy(empty, kJune, account);
  CHECK(table_of(account, "quotas") ==
        "month,quota,device,drawn_packages,waiting_packages,left_packages\n"
        "2025-06,half,h200,50,7,5\n");
}

TEST_CASE("policy tables: fees of one rule add up over a month", "[report][policy]") {
  PolicyAccount account;
  pb::Fact fact;
  fact.mutable_fee()->set_order("o");
  fact.mutable_fee()->set_government("US");
  fact.mutable_fee()->set_rule("letter");
  fact.mutable_fee()->set_exception("license");
  fact.mutable_fee()->set_kind(pb::FeeFact::SHARE);
  fact.mutable_fee()->set_amount_usd(1.5e6);
  add_policy(fact, kJune, account);
  add_policy(fact, kJune, account);
  fact.mutable_fee()->set_kind(pb::FeeFact::TARIFF);
  add_policy(fact, kJuly, account);
  CHECK(table_of(account, "fees") ==
        "month,order,government,kind,rule,exception,fee_usd\n"
        "2025-06,o,US,share,letter,license,3000000\n"
        "2025-07,o,US,tariff,letter,license,1500000\n");
}

TEST_CASE("policy tables: rulings and adaptations come in order of time", "[report][policy]") {
  PolicyAccount account;
  pb::Fact ruling;
  ruling.mutable_ruling()->set_order("o");
  ruling.mutable_ruling()->set_device("h20");
  ruling.mutable_ruling()->set_exporter_verdict(pb::INFORMED);
  ruling.mutable_ruling()->set_exporter_rule("letter");
  ruling.mutable_ruling()->set_importer_verdict(pb::FREE);
  add_policy(ruling, kJune, account);
  pb::Fact written;
  written.mutable_written_off()->set_supply("line");
  written.mutable_written_off()->set_device("h20");
  written.mutable_written_off()->set_units(3);
  written.mutable_written_off()->set_value_usd(36000);
  written.mutable_written_off()->set_rule("letter");
  add_policy(written, kJune, account);
  pb::Fact pulled;
  pulled.mutable_pulled()->set_order("o");
  pulled.mutable_pulled()->set_device("h20");
  pulled.mutable_pulled()->set_units(9);
  pulled.mutable_pulled()->set_rule("stop");
  add_policy(pulled, kJuly, account);
  CHECK(
      table_of(account, "rulings").find("\n2025-06-15,o,h20,INFORMED,letter,,,FREE,,,,0,0,0,0\n") !=
      std::string::npos);
  CHECK(table_of(account, "adaptations") ==
        "date,what,subject,device,packages,value_usd,rule\n"
        "2025-06-15,written_off,line,h20,3,36000,letter\n"
        "2025-07-01,brought_forward,o,h20,9,0,stop\n");
}

}  // namespace
}  // namespace chokepoint
