#include "tools/report/policy_account.hpp"

namespace chokepoint {
namespace {

template <class Message>
LicenseKey license_key(const Message& fact, Date date) {
  return {format_month(date), fact.order(), fact.device(), fact.rule(), fact.exception()};
}

template <class Message>
QuotaMonth& quota_month(const Message& fact, Date date, PolicyAccount& account) {
  return account.quotas[{format_month(date), fact.quota(), fact.device()}];
}

void add_decision(const pb::DecidedFact& fact, Date date, PolicyAccount& account) {
  LicenseMonth& month = account.licenses[license_key(fact, date)];
  if (fact.outcome() == pb::DecidedFact::GRANTED) month.granted += fact.units();
  if (fact.outcome() == pb::DecidedFact::REFUSED) month.refused += fact.units();
  if (fact.outcome() == pb::DecidedFact::VOID) month.lapsed += fact.units();
}

void add_fee(const pb::FeeFact& fact, Date date, PolicyAccount& account) {
  const std::string kind = fact.kind() == pb::FeeFact::TARIFF ? "tariff" : "share";
  account.fees_usd[{format_month(date), fact.order(), fact.government(), kind, fact.rule(),
                    fact.exception()}] += fact.amount_usd();
}

void add_adaptation(const pb::Fact& fact, Date date, PolicyAccount& account) {
  const auto add = [&](const char* what, const std::string& subject, const auto& of,
                       double value_usd, const std::string& rule) {
    account.adaptations.push_back({date, what, subject, of.device(), of.units(), value_usd, rule});
  };
  switch (fact.fact_case()) {
    case pb::Fact::kPulled:
      return add("brought_forward", fact.pulled().order(), fact.pulled(), 0.0,
                 fact.pulled().rule());
    case pb::Fact::kWrittenOff:
      return add("written_off", fact.written_off().supply(), fact.written_off(),
                 fact.written_off().value_usd(), fact.written_off().rule());
    case pb::Fact::kRestored:
      return add("restored", fact.restored().supply(), fact.restored(), fact.restored().value_usd(),
                 "");
    case pb::Fact::kSeized:
      return add("seized", fact.seized().order(), fact.seized(), 0.0, fact.seized().rule());
    default:
      return;
  }
}

}  // namespace

void add_policy(const pb::Fact& fact, Date date, PolicyAccount& account) {
  switch (fact.fact_case()) {
    case pb::Fact::kRuling:
      account.rulings.emplace_back(date, fact.ruling());
      break;
    case pb::Fact::kFiled:
      account.licenses[license_key(fact.filed(), date)].filed += fact.filed().units();
      break;
    case pb::Fact::kDecided:
      add_decision(fact.decided(), date, account);
      break;
    case pb::Fact::kQuotaDrawn:
      quota_month(fact.quota_drawn(), date, account).drawn += fact.quota_drawn().units();
      quota_month(fact.quota_drawn(), date, account).left = fact.quota_drawn().left();
      break;
    case pb::Fact::kQuotaEmpty:
      quota_month(fact.quota_empty(), date, account).waiting += fact.quota_empty().units();
      break;
    case pb::Fact::kFee:
      add_fee(fact.fee(), date, account);
      break;
    default:
      add_adaptation(fact, date, account);
  }
}

}  // namespace chokepoint
