#pragma once

#include <algorithm>
#include <array>

#include "models/world.hpp"
#include "sim/trace/event/policy.hpp"
#include "sim/trace/fields/field.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {

/// Of the begin or the end of a rule.
template <class Event, class Label>
constexpr auto change_of_rule(bool began, Label label) {
  using F = pb::RuleFact;
  return listing(
      place(pb::Fact::kRule, &pb::Fact::rule, &pb::Fact::mutable_rule), label,
      std::tuple{field(&Event::rule, &F::name, &F::mutable_name),
                 always(&F::exception, &F::set_exception, false),
                 always(&F::began, &F::set_began, began),
                 derived(&F::mutable_government, [](const Event& in, const World& world) {
                   return world.regime.rules[in.rule.value].government;
                 })});
}

constexpr auto listed(Of<RuleBegan>) {
  return change_of_rule<RuleBegan>(true, [](const RuleBegan& in, const Labeler& say) {
    const Rule& rule = say.world.regime.rules[in.rule.value];
    say.text(rule.title.empty() ? rule.name : rule.title);
  });
}

constexpr auto listed(Of<RuleEnded>) {
  return change_of_rule<RuleEnded>(false, kNoLabel);
}

/// Of the begin or the end of an exception; its government is that of the rules that it softens.
template <class Event, class Label>
constexpr auto change_of_exception(bool began, Label label) {
  using F = pb::RuleFact;
  return listing(
      place(pb::Fact::kRule, &pb::Fact::rule, &pb::Fact::mutable_rule), label,
      std::tuple{field(&Event::exception, &F::name, &F::mutable_name),
                 always(&F::exception, &F::set_exception, true),
                 always(&F::began, &F::set_began, began),
                 derived(&F::mutable_government, [](const Event& in, const World& world) {
                   const Regime& regime = world.regime;
                   const RuleId rule = regime.exceptions[in.exception.value].rules[0];
                   return regime.rules[rule.value].government;
                 })});
}

constexpr auto listed(Of<ExceptionBegan>) {
  return change_of_exception<ExceptionBegan>(
      true, [](const ExceptionBegan& in, const Labeler& say) { say.name(in.exception); });
}

constexpr auto listed(Of<ExceptionEnded>) {
  return change_of_exception<ExceptionEnded>(false, kNoLabel);
}

constexpr auto listed(Of<RulingGiven>) {
  using E = RulingGiven;
  using F = pb::RulingFact;
  return listing(
      place(pb::Fact::kRuling, &pb::Fact::ruling, &pb::Fact::mutable_ruling),
      [](const E& in, const Labeler& say) {
        say.text("ruling: ").verdict(std::max(in.exporter.verdict, in.importer.verdict));
      },
      std::tuple{
          field(&E::order, &F::order, &F::mutable_order),
          field(&E::device, &F::device, &F::mutable_device),
          field(part(&E::exporter, &GateRuling::verdict), &F::exporter_verdict,
                &F::set_exporter_verdict),
          field(part(&E::exporter, &GateRuling::rule), &F::exporter_rule,
                &F::mutable_exporter_rule),
          field(part(&E::exporter, &GateRuling::exception), &F::exporter_exception,
                &F::mutable_exporter_exception),
          field(part(&E::importer, &GateRuling::verdict), &F::importer_verdict,
                &F::set_importer_verdict),
          field(part(&E::importer, &GateRuling::rule), &F::importer_rule,
                &F::mutable_importer_rule),
          field(part(&E::importer, &GateRuling::exception), &F::importer_exception,
                &F::mutable_importer_exception),
          field(&E::admitted_share, &F::admitted_share, &F::set_admitted_share),
          field(&E::refusal_probability, &F::refusal_probability, &F::set_refusal_probability),
          field(&E::wait, &F::wait_days, &F::set_wait_days, (1_days).value),
          field(&E::charged_share, &F::charged_share, &F::set_charged_share),
          derived(&F::mutable_exporter_clause,
                  [](const E& in, const World& world) {
                    return clause(world, in.exporter.rule, in.device);
                  }),
          derived(&F::mutable_importer_clause, [](const E& in, const World& world) {
            return clause(world, in.importer.rule, in.device);
          })});
}

constexpr auto listed(Of<ShipmentRefused>) {
  using E = ShipmentRefused;
  using F = pb::RefusedFact;
  return listing(
      place(pb::Fact::kRefused, &pb::Fact::refused, &pb::Fact::mutable_refused),
      [](const E& in, const Labeler& say) {
        say.units(in.on_arrival ? "turned back " : "refused ", in);
      },
      units_of_order<E, F>(
          field(&E::gate, &F::gate, &F::set_gate),
          field(&E::exporter_rule, &F::exporter_rule, &F::mutable_exporter_rule),
          field(&E::importer_rule, &F::importer_rule, &F::mutable_importer_rule),
          field(&E::on_arrival, &F::on_arrival, &F::set_on_arrival),
          field(&E::value, &F::value_usd, &F::set_value_usd),
          field(part(&E::lost, &Capability::training_h100e), &F::lost_training_h100e,
                &F::set_lost_training_h100e),
          field(part(&E::lost, &Capability::prefill_h100e), &F::lost_prefill_h100e,
                &F::set_lost_prefill_h100e),
          field(part(&E::lost, &Capability::decode_h100e), &F::lost_decode_h100e,
                &F::set_lost_decode_h100e),
          field(&E::least_certain_training, &F::least_certain_training,
                &F::mutable_least_certain_training),
          field(&E::least_certain_prefill, &F::least_certain_prefill,
                &F::mutable_least_certain_prefill),
          field(&E::least_certain_decode, &F::least_certain_decode,
                &F::mutable_least_certain_decode),
          derived(&F::mutable_exporter,
                  [](const E& in, const World& world) { return exporter_of(world, in.device); }),
          derived(&F::mutable_importer,
                  [](const E& in, const World& world) { return importer_of(world, in.order); })));
}

constexpr auto listed(Of<LicenseFiled>) {
  using E = LicenseFiled;
  using F = pb::FiledFact;
  return listing(
      place(pb::Fact::kFiled, &pb::Fact::filed, &pb::Fact::mutable_filed),
      [](const E& in, const Labeler& say) {
        say.units(in.verdict == Verdict::Notified ? "notice of " : "application for ", in);
      },
      units_of_order<E, F>(field(&E::rule, &F::rule, &F::mutable_rule),
                           field(&E::exception, &F::exception, &F::mutable_exception),
                           field(&E::verdict, &F::verdict, &F::set_verdict),
                           field(&E::until, &F::until_ns, &F::set_until_ns)));
}

constexpr auto listed(Of<LicenseDecided>) {
  using E = LicenseDecided;
  using F = pb::DecidedFact;
  return listing(
      place(pb::Fact::kDecided, &pb::Fact::decided, &pb::Fact::mutable_decided),
      [](const E& in, const Labeler& say) {
        constexpr std::array kOutcomes = {"granted ", "not granted ", "no longer needed for "};
        say.units(kOutcomes[static_cast<std::size_t>(in.outcome)], in);
      },
      units_of_order<E, F>(field(&E::rule, &F::rule, &F::mutable_rule),
                           field(&E::exception, &F::exception, &F::mutable_exception),
                           field(&E::outcome, &F::outcome, &F::set_outcome)));
}

constexpr auto listed(Of<QuotaDrawn>) {
  using E = QuotaDrawn;
  using F = pb::QuotaDrawnFact;
  return listing(
      place(pb::Fact::kQuotaDrawn, &pb::Fact::quota_drawn, &pb::Fact::mutable_quota_drawn),
      [](const E& in, const Labeler& say) { say.units("within quota ", in); },
      units_of_order<E, F>(field(&E::quota, &F::quota, &F::mutable_quota),
                           field(&E::left, &F::left, &F::set_left)));
}

constexpr auto listed(Of<QuotaExhausted>) {
  using E = QuotaExhausted;
  using F = pb::QuotaExhaustedFact;
  return listing(
      place(pb::Fact::kQuotaEmpty, &pb::Fact::quota_empty, &pb::Fact::mutable_quota_empty),
      [](const E& in, const Labeler& say) { say.units("waiting for quota ", in); },
      units_of_order<E, F>(field(&E::quota, &F::quota, &F::mutable_quota)));
}

constexpr auto listed(Of<FeePaid>) {
  using E = FeePaid;
  using F = pb::FeeFact;
  return listing(
      place(pb::Fact::kFee, &pb::Fact::fee, &pb::Fact::mutable_fee),
      [](const E& in, const Labeler& say) {
        say.text(in.kind == ChargeKind::Share ? "share of revenue to " : "duty to ");
        say.text(in.government.text()).text(", USD ").count(in.amount.value);
      },
      std::tuple{field(&E::order, &F::order, &F::mutable_order),
                 field(&E::government, &F::government, &F::mutable_government),
                 field(&E::rule, &F::rule, &F::mutable_rule),
                 field(&E::exception, &F::exception, &F::mutable_exception),
                 field(&E::kind, &F::kind, &F::set_kind),
                 field(&E::amount, &F::amount_usd, &F::set_amount_usd)});
}

constexpr auto listed(Of<DeliveryPulled>) {
  using E = DeliveryPulled;
  using F = pb::PulledFact;
  return listing(
      place(pb::Fact::kPulled, &pb::Fact::pulled, &pb::Fact::mutable_pulled),
      [](const E& in, const Labeler& say) { say.units("brought forward ", in); },
      units_of_order<E, F>(field(&E::rule, &F::rule, &F::mutable_rule),
                           field(&E::from, &F::from_ns, &F::set_from_ns),
                           field(&E::to, &F::to_ns, &F::set_to_ns)));
}

/// What facts about a vendor's stock share, and `more`.
template <class Event, class Message, class... More>
constexpr auto units_of_stock(More... more) {
  return std::tuple{field(&Event::supply, &Message::supply, &Message::mutable_supply),
                    field(&Event::device, &Message::device, &Message::mutable_device),
                    field(&Event::units, &Message::units, &Message::set_units),
                    field(&Event::value, &Message::value_usd, &Message::set_value_usd), more...};
}

constexpr auto listed(Of<StockWrittenOff>) {
  using E = StockWrittenOff;
  using F = pb::WrittenOffFact;
  return listing(
      place(pb::Fact::kWrittenOff, &pb::Fact::written_off, &pb::Fact::mutable_written_off),
      [](const E& in, const Labeler& say) { say.units("written off ", in); },
      units_of_stock<E, F>(field(&E::rule, &F::rule, &F::mutable_rule)));
}

constexpr auto listed(Of<StockRestored>) {
  using E = StockRestored;
  return listing(
      place(pb::Fact::kRestored, &pb::Fact::restored, &pb::Fact::mutable_restored),
      [](const E& in, const Labeler& say) { say.units("no longer written off ", in); },
      units_of_stock<E, pb::RestoredFact>());
}

constexpr auto listed(Of<ShipmentSeized>) {
  using E = ShipmentSeized;
  using F = pb::SeizedFact;
  return listing(
      place(pb::Fact::kSeized, &pb::Fact::seized, &pb::Fact::mutable_seized),
      [](const E& in, const Labeler& say) { say.units("seized ", in); },
      units_of_order<E, F>(field(&E::rule, &F::rule, &F::mutable_rule)));
}

}  // namespace chokepoint
