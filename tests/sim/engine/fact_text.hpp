#pragma once

#include <ios>
#include <sstream>
#include <string>
#include <type_traits>

#include "sim/trace/event.hpp"

namespace chokepoint {

/// Writes facts field by field, numbers to the last bit, so that two runs can be compared.
class FactText {
public:
  explicit FactText(const TraceEvent& event) {
    out_ << std::hexfloat << event.index();
    std::visit([this](const auto& fact) { write(fact); }, event);
  }
  std::string text() const { return out_.str(); }

private:
  template <class... Fields>
  void put(const Fields&... fields) {
    (put_one(fields), ...);
  }
  template <class Field>
  void put_one(const Field& field) {
    out_ << ' ';
    if constexpr (std::is_arithmetic_v<Field>) {
      out_ << field;
    } else if constexpr (std::is_enum_v<Field>) {
      out_ << static_cast<int>(field);
    } else if constexpr (std::is_same_v<Field, Country>) {
      out_ << field.text();
    } else if constexpr (requires { field.has_value(); }) {
      if (field) put_one(*field);
    } else {
      out_ << field.value;
    }
  }

  void write(const RuleBegan& f) { put(f.time, f.rule); }
  void write(const RuleEnded& f) { put(f.time, f.rule); }
  void write(const ExceptionBegan& f) { put(f.time, f.exception); }
  void write(const ExceptionEnded& f) { put(f.time, f.exception); }
  void write(const DeliveryDue& f) { put(f.time, f.order, f.device, f.units); }
  void write(const ShipmentRefused& f) {
    put(f.time, f.order, f.device, f.units, f.gate, f.exporter_rule, f.importer_rule, f.on_arrival,
        f.value, f.lost.training_h100e, f.lost.prefill_h100e, f.lost.decode_h100e,
        f.least_certain_training, f.least_certain_prefill, f.least_certain_decode);
  }
  void write(const RulingGiven& f) {
    put(f.time, f.order, f.device, f.exporter.verdict, f.exporter.rule, f.exporter.exception,
        f.importer.verdict, f.importer.rule, f.importer.exception, f.admitted_share,
        f.refusal_probability, f.wait, f.charged_share);
  }
  void write(const LicenseFiled& f) {
    put(f.time, f.order, f.device, f.units, f.rule, f.exception, f.verdict, f.until);
  }
  void write(const LicenseDecided& f) {
    put(f.time, f.order, f.device, f.units, f.rule, f.exception, f.outcome);
  }
  void write(const QuotaDrawn& f) { put(f.time, f.quota, f.order, f.device, f.units, f.left); }
  void write(const QuotaExhausted& f) { put(f.time, f.quota, f.order, f.device, f.units); }
  void write(const DeliveryPulled& f) {
    put(f.time, f.order, f.device, f.units, f.rule, f.from, f.to);
  }
  void write(const StockWrittenOff& f) {
    put(f.time, f.supply, f.device, f.units, f.value, f.rule);
  }
  void write(const StockRestored& f) { put(f.time, f.supply, f.device, f.units, f.value); }
  void write(const SupplyBottleneck& f) {
    put(f.time, f.supply, f.device, f.units, f.component, f.stage, f.devices_per_unit);
  }
  void write(const ChoiceMade& f) {
    put(f.time, f.order, f.device, f.work, f.bought, f.refused, f.not_there, f.spent, f.roof,
        f.useful_rate, f.monthly_cost, f.preference);
  }
  void write(const ShipmentSeized& f) { put(f.time, f.order, f.device, f.units, f.rule); }
  void write(const FeePaid& f) {
    put(f.time, f.order, f.government, f.rule, f.exception, f.kind, f.amount);
  }
  void write(const DeliveryBackordered& f) { put(f.time, f.order, f.device, f.units); }
  void write(const ShipmentSent& f) {
    put(f.time, f.order, f.substitute, f.device, f.pool, f.units, f.exception);
  }
  void write(const ShipmentDelivered& f) {
    put(f.time, f.order, f.substitute, f.device, f.units, f.stock.pool, f.stock.owner, f.stock.user,
        f.stock.use, f.stock.status, f.stock.channel, f.revenue, f.government_receipts);
  }
  void write(const OrderClosed& f) {
    put(f.time, f.order, f.device, f.ordered, f.delivered, f.refused, f.outstanding);
  }
  void write(const JobQueued& f) { put(f.time, f.job); }
  void write(const JobPlaced& f) { put(f.time, f.job, f.pool, f.nodes, f.throughput); }
  void write(const SegmentBegan& f) { put(f.time, f.job); }
  void write(const SegmentEnded& f) { put(f.time, f.job, f.tokens); }
  void write(const CheckpointSent& f) { put(f.time, f.job, f.from, f.to, f.size); }
  void write(const CheckpointArrived& f) { put(f.time, f.job, f.from, f.to, f.size); }
  void write(const JobFinished& f) { put(f.time, f.job); }
  void write(const JobUnfinished& f) { put(f.time, f.job, f.done); }
  void write(const WindowServed& f) {
    put(f.time, f.service, f.length, f.demand, f.capacity, f.served, f.unmet);
  }
  void write(const CounterSampled& f) { put(f.time, f.counter, f.index, f.value); }
  void write(const RunEnded& f) { put(f.time); }

  std::ostringstream out_;
};

}  // namespace chokepoint
