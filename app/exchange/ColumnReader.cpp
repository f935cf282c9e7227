// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ColumnReader.h"

#include <QObject>
#include <algorithm>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;
using event::JsonKind;

namespace {

constexpr std::string_view targetPrefix = "target.";

std::optional<std::string_view> memberOf(const event::LogEvent::Target &target, std::size_t index)
{
    switch (index) {
    case 0:
        return target.id;
    case 1:
        return target.type;
    case 2:
        return target.alternateId;
    default:
        return target.displayName;
    }
}

/// What names a target best, as a table shows it.
std::optional<std::string_view> nameOf(const event::LogEvent::Target &target)
{
    for (const auto &name : {target.alternateId, target.displayName, target.id, target.type}) {
        if (name && !name->empty()) {
            return name;
        }
    }
    return std::nullopt;
}

JsonKind kindOf(event::FieldType type)
{
    switch (type) {
    case event::FieldType::Integer:
    case event::FieldType::Number:
        return JsonKind::Number;
    case event::FieldType::Boolean:
        return JsonKind::Boolean;
    case event::FieldType::Text:
    case event::FieldType::Time:
        break;
    }
    return JsonKind::String;
}

} // namespace

std::vector<std::string> ColumnReader::allPaths()
{
    std::vector<std::string> paths;
    for (const event::Field &field : event::fields()) {
        paths.emplace_back(field.path);
    }
    for (const auto member : event::targetMembers) {
        paths.push_back(std::string(targetPrefix).append(member));
    }
    return paths;
}

event::Result<ColumnReader> ColumnReader::create(const std::vector<std::string> &paths,
    std::map<store::SourceId, std::string> sourceNames, filter::ProfileIndexPtr profiles)
{
    ColumnReader reader;
    reader.m_profiles = std::move(profiles);
    reader.m_sourceNames = std::move(sourceNames);
    for (const std::string &path : paths) {
        Column column;
        column.path = path;
        column.parsed = event::FieldPath(path);
        if (!column.parsed.isValid()) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("\"%1\" is no field: write a path such as actor.alternateId.")
                    .arg(QString::fromStdString(path)));
        }
        const bool isTargetMember = path.starts_with(targetPrefix);
        const auto member
            = std::ranges::find(event::targetMembers, std::string_view(path).substr(isTargetMember ? 7 : 0));
        if (const auto field = event::fieldByPath(path)) {
            column.kind = Kind::Field;
            column.index = *field;
            column.path = event::fields()[*field].path;
        } else if (isTargetMember && member != event::targetMembers.end()) {
            column.kind = Kind::TargetMember;
            column.index = static_cast<std::size_t>(member - event::targetMembers.begin());
        } else if (path == "target") {
            column.kind = Kind::Targets;
        } else if (path == "source") {
            column.kind = Kind::Source;
        } else if (const auto profile = filter::profilePath(column.parsed)) {
            column.kind = Kind::Profile;
            column.profile = profile;
        }
        reader.m_columns.push_back(std::move(column));
    }
    return reader;
}

void ColumnReader::visit(const store::StoredEvent &stored, std::size_t column,
    const std::function<void(std::string_view, JsonKind)> &visit) const
{
    const Column &wanted = m_columns[column];
    switch (wanted.kind) {
    case Kind::Field:
        if (const auto text = stored.event.text(wanted.index)) {
            visit(*text, kindOf(event::fields()[wanted.index].type));
        }
        break;
    case Kind::TargetMember:
    case Kind::Targets:
        for (const auto &target : stored.event.targets()) {
            const auto text = wanted.kind == Kind::Targets ? nameOf(target) : memberOf(target, wanted.index);
            if (text) {
                visit(*text, JsonKind::String);
            }
        }
        break;
    case Kind::Source:
        if (const auto name = m_sourceNames.find(stored.source); name != m_sourceNames.end()) {
            visit(name->second, JsonKind::String);
        }
        break;
    case Kind::Profile: {
        const auto visitOne = [&](std::string_view id) {
            const std::string_view json = m_profiles ? m_profiles->find(id) : std::string_view();
            event::visitValues(json, wanted.profile->path, [&](std::string_view text, JsonKind kind) {
                if (m_noteText && kind == JsonKind::String) {
                    visit(m_noteText(text), kind);
                } else {
                    visit(text, kind);
                }
                return true;
            });
        };
        if (wanted.profile->of == filter::ProfilePath::Of::Target) {
            for (const auto &target : stored.event.targets()) {
                visitOne(target.id.value_or(std::string_view()));
            }
        } else {
            visitOne(stored.event.text(wanted.profile->idField()).value_or(std::string_view()));
        }
        break;
    }
    case Kind::Path:
        event::visitValues(stored.event.bytes(), wanted.parsed, [&](std::string_view text, JsonKind kind) {
            visit(text, kind);
            return true;
        });
        break;
    }
}

} // namespace octotrail::exchange
