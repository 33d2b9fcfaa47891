import chezsoi.fields.encrypted
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_rights_and_emergencies'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='household',
            name='closed_because',
            field=models.CharField(blank=True, choices=[('', 'open'), ('died', 'nobody of it is alive'), ('joined', 'its members live in another household'), ('gone', 'nobody lives in it any more'), ('mistake', 'opened by mistake')], default='', max_length=20, verbose_name='why the file is closed'),
        ),
        migrations.AddField(
            model_name='household',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='closed on'),
        ),
        migrations.AddField(
            model_name='household',
            name='lost_since',
            field=models.DateField(blank=True, null=True, verbose_name='no news since'),
        ),
        migrations.AddField(
            model_name='person',
            name='died_on',
            field=models.DateField(blank=True, null=True, verbose_name='died on'),
        ),
        migrations.AddField(
            model_name='residentialsituation',
            name='withdrawn_by',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='withdrawn by'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_because', ''), ('closed_on', None)), models.Q(('closed_on__isnull', False), models.Q(('closed_because', ''), _negated=True)), _connector='OR'), name='a_closed_file_says_why'),
        ),
        migrations.CreateModel(
            name='LifeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('split', 'do not live together any more'), ('joined', 'live together now'), ('left', 'left'), ('returned', 'came back'), ('died', 'died'), ('lost', 'no news of them'), ('found', 'news of them again'), ('led', 'the file is named after somebody else')], max_length=20, verbose_name='what happened')),
                ('happened_on', models.DateField(verbose_name='happened on')),
                ('reason', chezsoi.fields.encrypted.EncryptedTextField(blank=True, verbose_name='why')),
                ('steps', chezsoi.fields.encrypted.EncryptedJSONField(verbose_name='rows written')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('recorded_by', models.BigIntegerField(null=True, verbose_name='recorded by')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                ('undone_by', models.BigIntegerField(null=True, verbose_name='undone by')),
                ('undo_reason', chezsoi.fields.encrypted.EncryptedTextField(blank=True, verbose_name='why it was undone')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='people.household', verbose_name='household')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changes_elsewhere', to='people.household', verbose_name='other household')),
                ('persons', models.ManyToManyField(related_name='changes', to='people.person', verbose_name='persons')),
            ],
            options={
                'verbose_name': 'change in a household’s life',
                'verbose_name_plural': 'changes in a household’s life',
            },
        ),
    ]
